using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Two towers: embeddings of a user (id, attributes, other items, friends) and of an item (id, attributes) go through a small network each, and their product says how well they
/// suit. The loss is softmax over the items of the batch, corrected by the logarithm of how probable each is to be in it (Yi et al., "Sampling-Bias-Corrected Neural
/// Modeling for Large Corpus Item Recommendations", 2019). Where events have types it learns all of them at once: they share embeddings and towers, and each type has its own
/// linear head on the user tower and its own biases; lists are those of one type. With neighbours, what those of the user's items say is added to the product (wide and deep;
/// Cheng et al., 2016).
/// </summary>
public sealed class TwoTowerRecommender(TwoTowerOptions options) : FactorModel
{
    private TowerNeighbours? _near;
    private float _counts;

    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var f = options.Factors;
        var events = new TowerEvents(train, options.Balance);
        var target = events.Target(train, options.Target);
        var inputs = new TowerInputs(train, options, (name, rows) => Draw(rows, f, TowerInputs.DeviationOf(f), request.Seed, name));
        var near = options.Neighbours > 0 ? TowerNeighbours.Of(train, options.Neighbours, request) : null;
        var batch = new TowerBatch(train, events, inputs, options, near, request);
        var random = new SequenceRandom(CounterRandom.Derive(request.Seed, "two_tower"));
        int[] order = [.. Enumerable.Range(0, events.All.Length)];
        var loss = double.NaN;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(order);
            var sum = 0.0;
            for (var start = 0; start < order.Length; start += options.Batch)
            {
                request.Tell("two_tower", epoch, options.Epochs, "epochs", loss);
                sum += batch.Learn(order.AsSpan(start, Math.Min(options.Batch, order.Length - start)));
            }

            loss = sum / order.Length;
        }

        request.Tell("two_tower", options.Epochs, options.Epochs, "epochs", loss);
        Become(batch.Users(target), batch.Items(), batch.Bias(target), f);
        (_near, _counts) = (near, batch.Counts(target));
    }

    /// <inheritdoc/>
    public override void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        base.Score(users, scores);
        var items = ItemBias.Length;
        for (var i = 0; _near is not null && i < users.Length; i++) _near.AddTo(users[i], _counts, scores.Slice(i * items, items));
    }

    /// <inheritdoc/>
    public override void Keep(RecommenderState state)
    {
        base.Keep(state);
        if (_near is null) return;
        state.Add("counts", [_counts]);
        _near.Near.Keep(state);
    }

    /// <inheritdoc/>
    public override void Restore(RecommenderState state, Interactions train)
    {
        base.Restore(state, train);
        (_near, _counts) = options.Neighbours == 0 ? (null, 0) : (TowerNeighbours.From(train, NeighbourTable.Restore(state, train.ItemCount)), state.Floats("counts", 1)[0]);
    }
}
