using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// What most users had to do with, lately if asked; with a column, popularity times the user's own share of the item's values: (n + 1) / (N + values), where n of a user's
/// N values are that one. Every other recommender has to beat it.
/// </summary>
public sealed class PopularRecommender(PopularOptions options) : IRecommender
{
    private float[] _popularity = [];
    private Interactions? _train;
    private ItemValues? _values;

    /// <inheritdoc/>
    public void Fit(Interactions train, FitRequest request)
    {
        var from = long.MinValue;
        if (options.Days is { } days)
        {
            if (!train.HasTimes) throw new InputException("popular.days needs the times of interactions; give a column 'time', or leave the setting out");
            from = train.Times.Max() - (long)(days * 86_400_000);
        }

        _popularity = new float[train.ItemCount];
        for (var at = 0; at < train.Count; at++)
            if (from == long.MinValue || train.Times[at] > from) _popularity[train.ItemNumbers[at]]++;
        Take(train);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var items = _popularity.Length;
        for (var i = 0; i < users.Length; i++)
        {
            var row = scores.Slice(i * items, items);
            _popularity.CopyTo(row);
            if (_values is null || (uint)users[i] >= (uint)_train!.UserCount) continue;
            var counts = new float[_values.Values.Count];
            var all = 0f;
            foreach (var item in _train.ItemsOf(users[i]))
            {
                foreach (var value in _values[item])
                {
                    counts[value]++;
                    all++;
                }
            }

            for (var item = 0; item < items; item++)
            {
                var share = 0f;
                foreach (var value in _values[item]) share += (counts[value] + 1) / (all + counts.Length);
                row[item] *= _values[item].Length == 0 ? 1f / (all + counts.Length) : share / _values[item].Length;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Likeness is the share of common values in the column of <see cref="PopularOptions.By"/>; without one there is no likeness, and the list is empty.</remarks>
    public IReadOnlyList<ScoredItem> Similar(int item, int count)
    {
        if (_values is null) return [];
        var scores = new float[_popularity.Length];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = i != item && _values.Likeness(item, i) is > 0 and var likeness ? (float)likeness : float.NegativeInfinity;
        return new TopList(count).Of(scores);
    }

    /// <inheritdoc/>
    public void Keep(RecommenderState state) => state.Add("popularity", _popularity);

    /// <inheritdoc/>
    public void Restore(RecommenderState state, Interactions train)
    {
        _popularity = state.Floats("popularity", train.ItemCount);
        Take(train);
    }

    private void Take(Interactions train)
    {
        _train = train;
        _values = options.By is { } by ? new ItemValues(ItemValues.Require(train.ItemColumns, by, "items"), train.ItemCount) : null;
    }
}
