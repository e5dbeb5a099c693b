using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// EASE: the item-item weights with a zero diagonal that restore the interactions best, in closed form: with P = (XᵀX + λI)⁻¹ they are −P[i, j] / P[j, j]. Steck,
/// "Embarrassingly Shallow Autoencoders for Sparse Data" (2019). Memory is 4 bytes and time 2 operations an item to the power of two and three.
/// </summary>
public sealed class EaseRecommender(EaseOptions options) : IRecommender
{
    /// <summary>The most items whose square fits one array of weights and whose cube is minutes.</summary>
    public const int MostItems = 20_000;

    private float[] _weights = [];
    private Interactions? _train;

    /// <inheritdoc/>
    public void Fit(Interactions train, FitRequest request)
    {
        var n = train.ItemCount;
        if (n > MostItems) throw new InputException($"ease keeps a weight for each pair of items, and there are {n:N0} items where {MostItems:N0} are the most; take item_knn or als");
        var own = options.Binary ? train.Binary() : train;
        var byItem = own.Transposed();
        var gram = new float[(long)n * n];
        request.Tell("products", 0, n, "items");
        Parallel.For(0, n, request.Parallel, item =>
        {
            var row = gram.AsSpan(item * n, n);
            var users = byItem.ItemsOf(item);
            var weights = byItem.WeightsOf(item);
            for (var i = 0; i < users.Length; i++)
            {
                var items = own.ItemsOf(users[i]);
                var theirs = own.WeightsOf(users[i]);
                for (var j = 0; j < items.Length; j++) row[items[j]] += weights[i] * theirs[j];
            }

            row[item] += (float)options.Regularization;
        });
        SymmetricInverse.Of(gram, n, request);
        var diagonal = new float[n];
        for (var i = 0; i < n; i++) diagonal[i] = gram[(long)i * n + i];
        for (var i = 0; i < n; i++)
        {
            var row = gram.AsSpan(i * n, n);
            for (var j = 0; j < n; j++) row[j] /= -diagonal[j];
            row[i] = 0;
        }

        (_weights, _train) = (gram, train);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var (train, n) = (_train!, _train!.ItemCount);
        scores.Clear();
        for (var i = 0; i < users.Length; i++)
        {
            if ((uint)users[i] >= (uint)train.UserCount) continue;
            var items = train.ItemsOf(users[i]);
            var weights = train.WeightsOf(users[i]);
            for (var j = 0; j < items.Length; j++)
                RowMath.AddScaled(scores.Slice(i * n, n), _weights.AsSpan(items[j] * n, n), options.Binary ? 1 : weights[j]);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Likeness is the weight from one item to the other.</remarks>
    public IReadOnlyList<ScoredItem> Similar(int item, int count)
    {
        var n = _train!.ItemCount;
        var row = _weights.AsSpan(item * n, n).ToArray();
        row[item] = float.NegativeInfinity;
        return new TopList(count).Of(row);
    }

    /// <inheritdoc/>
    public void Keep(RecommenderState state) => state.Add("weights", _weights);

    /// <inheritdoc/>
    public void Restore(RecommenderState state, Interactions train) => (_weights, _train) = (state.Floats("weights", (long)train.ItemCount * train.ItemCount), train);
}
