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
    private (int[] Items, float[] Sums)[] _said = [];

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
        var near = new TowerNeighbours(train, NeighbourTable.Of(own.Transposed(), own, new() { Neighbours = neighbours, Shrinkage = Shrinkage }, request));
        near._said = new (int[], float[])[train.UserCount];
        Parallel.For(0, train.UserCount, request.Parallel, () => new float[train.ItemCount], (user, _, sums) =>
        {
            near.Sum(user, sums);
            int[] items = [.. Enumerable.Range(0, sums.Length).Where(i => sums[i] > 0)];
            near._said[user] = (items, Array.ConvertAll(items, i => sums[i]));
            return sums;
        }, _ => { });
        return near;
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
        var (items, sums) = _said[user];
        for (var i = 0; i < items.Length; i++) Add(places, row, items[i], sums[i]);
        // what the pair's item says of others
        var others = _nearTo.Of(without);
        for (var n = 0; n < others.Length; n++) Add(places, row, others[n], -_nearTo.LikenessOf(without)[n]);
        // and of the users that it has in common with the user's other items one is this one
        var own = _train.ItemsOf(user);
        var once = 0f;
        foreach (var item in Near.Of(without))
            if (own.BinarySearch(item) >= 0) once += 1 / (_lengths[item] * _lengths[without] + (float)Shrinkage);
        Add(places, row, without, -once);
        for (var place = 0; place < row.Length; place++) row[place] = MathF.Log(1 + Math.Max(0, row[place]) / Soft);
    }

    /// <summary>Adds what is said of all items.</summary>
    /// <param name="user">The user; nothing is said to one that is unknown.</param>
    /// <param name="weight">What it counts.</param>
    /// <param name="scores">[items].</param>
    public void AddTo(int user, float weight, Span<float> scores)
    {
        if ((uint)user >= (uint)_train.UserCount) return;
        var sums = new float[_train.ItemCount];
        Sum(user, sums);
        for (var item = 0; item < sums.Length; item++)
            if (sums[item] > 0) scores[item] += weight * MathF.Log(1 + sums[item] / Soft);
    }

    private void Sum(int user, float[] sums)
    {
        Array.Clear(sums);
        foreach (var item in _train.ItemsOf(user))
        {
            var to = _nearTo.Of(item);
            var likeness = _nearTo.LikenessOf(item);
            for (var n = 0; n < to.Length; n++) sums[to[n]] += likeness[n];
        }
    }

    private static void Add(BatchPlaces places, Span<float> row, int item, float value)
    {
        for (var place = places.First(item); place >= 0; place = places.Next(place)) row[place] += value;
    }
}
