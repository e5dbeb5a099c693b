using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Two towers: embeddings of a user (id, attributes, other items, friends) and of an item (id, attributes) go through a small network each, and their product says how well they
/// suit. The loss is softmax over the items of the batch, corrected by the logarithm of how probable each is to be in it (Yi et al., "Sampling-Bias-Corrected Neural
/// Modeling for Large Corpus Item Recommendations", 2019). Where events have types it learns all of them at once: they share embeddings and towers, and each type has its own
/// linear head on the user tower and its own biases; lists are those of one type.
/// </summary>
public sealed class TwoTowerRecommender(TwoTowerOptions options) : FactorModel
{
    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var f = options.Factors;
        var events = new TowerEvents(train, options.Balance);
        var target = events.Target(train, options.Target);
        var inputs = new TowerInputs(train, options, (name, rows) => Draw(rows, f, TowerInputs.DeviationOf(f), request.Seed, name));
        var batch = new TowerBatch(train, events, inputs, options, request);
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
    }
}
