namespace Sundry.Training;

/// <summary>
/// What the neighbours of a user's items say of an item, beside the towers: log(1 + s / 0.05), s being the sum of the likeness of <see cref="ItemNeighbours"/>. Each type of event
/// learns what that counts. While it is learned, the pair that is predicted has no part in the likeness that predicts it.
/// </summary>
internal sealed class TowerNeighbours
{
    private const double Shrinkage = 10;
    private const float Soft = .05f;

    private readonly Interactions _train;
    private readonly NeighbourTable _nearTo;
    private readonly float[] _lengths;

    private TowerNeighbours(Interactions train, NeighbourTable near)
    {
        (_train, Near, _nearTo) = (train, near, near.Transposed());
        _lengths = Array.ConvertAll(train.Popularity(), n => MathF.Sqrt(n));
    }

    /// <summary>The nearest of each item.</summary>
    public NeighbourTable Near { get; }

    /// <summary>Finds the nearest of each item, whatever the types of the events.</summary>
    public static TowerNeighbours Of(Interactions train, int neighbours, FitRequest request)
    {
        var own = train.Binary();
        return new(train, NeighbourTable.Of(own.Transposed(), own, new() { Neighbours = neighbours, Shrinkage = Shrinkage }, request));
    }

    /// <summary>With a table that was kept.</summary>
    public static TowerNeighbours From(Interactions train, NeighbourTable near) => new(train, near);

    /// <summary>What is said of the items of a batch, the user's pair with one item being unknown.</summary>
    /// <param name="user">The user.</param>
    /// <param name="without">The item that is predicted.</param>
    /// <param name="places">Where the items stand.</param>
    /// <param name="row">[places] takes it; zero before.</param>
    public void Of(int user, int without, BatchPlaces places, Span<float> row)
    {
        foreach (var item in _train.ItemsOf(user))
        {
            if (item == without) continue;
            var to = _nearTo.Of(item);
            var likeness = _nearTo.LikenessOf(item);
            for (var n = 0; n < to.Length; n++)
            {
                var place = places.First(to[n]);
                if (place < 0) continue;
                // one of the users that they have in common is this one
                var like = to[n] == without ? likeness[n] - 1 / (_lengths[item] * _lengths[without] + (float)Shrinkage) : likeness[n];
                for (; place >= 0; place = places.Next(place)) row[place] += like;
            }
        }

        foreach (ref var s in row) s = MathF.Log(1 + Math.Max(0, s) / Soft);
    }

    /// <summary>Adds what is said of all items.</summary>
    /// <param name="user">The user; nothing is said to one that is unknown.</param>
    /// <param name="weight">What it counts.</param>
    /// <param name="scores">[items].</param>
    public void AddTo(int user, float weight, Span<float> scores)
    {
        if ((uint)user >= (uint)_train.UserCount) return;
        var sums = new float[_train.ItemCount];
        foreach (var item in _train.ItemsOf(user))
        {
            var to = _nearTo.Of(item);
            var likeness = _nearTo.LikenessOf(item);
            for (var n = 0; n < to.Length; n++) sums[to[n]] += likeness[n];
        }

        for (var item = 0; item < sums.Length; item++)
            if (sums[item] > 0) scores[item] += weight * MathF.Log(1 + sums[item] / Soft);
    }
}
