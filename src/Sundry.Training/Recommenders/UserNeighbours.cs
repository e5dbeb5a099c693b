namespace Sundry.Training;

/// <summary>
/// User-based neighbours: an item's score is the sum of the likeness of those among the user's nearest who had to do with it. Resnick, Iacovou, Suchak, Bergstrom and
/// Riedl, "GroupLens" (1994), with cosine and shrinkage.
/// </summary>
public sealed class UserNeighbours(NeighbourOptions options) : IRecommender
{
    private NeighbourTable? _near;
    private Interactions? _train;
    private Interactions? _byItem;

    /// <inheritdoc/>
    public void Fit(Interactions train, FitRequest request)
    {
        var own = options.Binary ? train.Binary() : train;
        Take(NeighbourTable.Of(own, own.Transposed(), options, request), train);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var (train, near) = (_train!, _near!);
        scores.Clear();
        for (var i = 0; i < users.Length; i++)
        {
            if ((uint)users[i] >= (uint)train.UserCount) continue;
            var row = scores.Slice(i * train.ItemCount, train.ItemCount);
            var others = near.Of(users[i]);
            var likeness = near.LikenessOf(users[i]);
            for (var n = 0; n < others.Length; n++)
            {
                var items = train.ItemsOf(others[n]);
                var weights = train.WeightsOf(others[n]);
                for (var j = 0; j < items.Length; j++) row[items[j]] += options.Binary ? likeness[n] : likeness[n] * weights[j];
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Likeness of items is the cosine of their users.</remarks>
    public IReadOnlyList<ScoredItem> Similar(int item, int count)
    {
        var byItem = _byItem!;
        var shared = new double[byItem.UserCount];
        foreach (var user in byItem.ItemsOf(item))
            foreach (var other in _train!.ItemsOf(user)) shared[other]++;
        var scores = new float[shared.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = i == item || shared[i] == 0 ? float.NegativeInfinity : (float)(shared[i] / Math.Sqrt((double)byItem.ItemsOf(i).Length * byItem.ItemsOf(item).Length));
        return new TopList(count).Of(scores);
    }

    /// <inheritdoc/>
    public void Keep(RecommenderState state) => _near!.Keep(state);

    /// <inheritdoc/>
    public void Restore(RecommenderState state, Interactions train) => Take(NeighbourTable.Restore(state, train.UserCount), train);

    private void Take(NeighbourTable near, Interactions train) => (_near, _train, _byItem) = (near, train, train.Transposed());
}
