namespace Sundry.Training;

/// <summary>
/// Item-based neighbours: an item's score is the sum of its likeness to the user's items, over those among its nearest. Sarwar, Karypis, Konstan and Riedl, "Item-based
/// Collaborative Filtering Recommendation Algorithms" (2001), with the shrinkage of Bell and Koren (2007).
/// </summary>
public sealed class ItemNeighbours(NeighbourOptions options) : IRecommender
{
    private NeighbourTable? _near;
    private NeighbourTable? _nearTo;
    private Interactions? _train;

    /// <inheritdoc/>
    public void Fit(Interactions train, FitRequest request)
    {
        var own = options.Binary ? train.Binary() : train;
        Take(NeighbourTable.Of(own.Transposed(), own, options, request), train);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var (train, near) = (_train!, _nearTo!);
        scores.Clear();
        for (var i = 0; i < users.Length; i++)
        {
            if ((uint)users[i] >= (uint)train.UserCount) continue;
            var row = scores.Slice(i * train.ItemCount, train.ItemCount);
            var items = train.ItemsOf(users[i]);
            var weights = train.WeightsOf(users[i]);
            for (var j = 0; j < items.Length; j++)
            {
                var weight = options.Binary ? 1 : weights[j];
                var to = near.Of(items[j]);
                var likeness = near.LikenessOf(items[j]);
                for (var n = 0; n < to.Length; n++) row[to[n]] += weight * likeness[n];
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScoredItem> Similar(int item, int count) => _near!.Nearest(item, count);

    /// <inheritdoc/>
    public void Keep(RecommenderState state) => _near!.Keep(state);

    /// <inheritdoc/>
    public void Restore(RecommenderState state, Interactions train) => Take(NeighbourTable.Restore(state, train.ItemCount), train);

    private void Take(NeighbourTable near, Interactions train) => (_near, _nearTo, _train) = (near, near.Transposed(), train);
}
