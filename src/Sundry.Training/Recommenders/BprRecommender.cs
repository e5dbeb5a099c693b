using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Bayesian personalised ranking: for each interaction an item is drawn that the user had nothing to do with, and −log σ(x·y₊ + b₊ − x·y₋ − b₋) descends a step.
/// Rendle, Freudenthaler, Gantner and Schmidt-Thieme (2009). One thread: steps follow one another, so that a seed gives one result.
/// </summary>
public sealed class BprRecommender(BprOptions options) : FactorModel
{
    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var f = options.Factors;
        var users = Draw(train.UserCount, f, options.Deviation, request.Seed, "users");
        var items = Draw(train.ItemCount, f, options.Deviation, request.Seed, "items");
        var bias = new float[train.ItemCount];
        var random = new SequenceRandom(CounterRandom.Derive(request.Seed, "bpr"));
        var owners = PairOwners.Of(train);
        int[] order = [.. Enumerable.Range(0, train.Count)];
        var loss = double.NaN;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            request.Tell("bpr", epoch, options.Epochs, "epochs", loss);
            random.Shuffle(order);
            loss = Epoch(train, owners, order, users, items, bias, ref random, request.Cancel);
        }

        request.Tell("bpr", options.Epochs, options.Epochs, "epochs", loss);
        Become(users, items, bias, f);
    }

    private double Epoch(Interactions train, int[] owners, int[] order, float[] users, float[] items, float[] bias, ref SequenceRandom random, CancellationToken cancel)
    {
        var f = options.Factors;
        var rate = (float)options.LearningRate;
        var keep = (float)(1 - options.LearningRate * options.Regularization);
        var (loss, steps) = (0.0, 0);
        for (var i = 0; i < order.Length; i++)
        {
            if ((i & 0xFFFF) == 0) cancel.ThrowIfCancellationRequested();
            var (user, positive) = (owners[order[i]], train.ItemNumbers[order[i]]);
            var negative = random.Below(train.ItemCount);
            if (train.ItemsOf(user).BinarySearch(negative) >= 0) continue;
            var x = users.AsSpan(user * f, f);
            var y = items.AsSpan(positive * f, f);
            var z = items.AsSpan(negative * f, f);
            var margin = bias[positive] - bias[negative] + RowMath.Dot(x, y) - RowMath.Dot(x, z);
            var slope = 1 / (1 + MathF.Exp(margin));
            loss += Math.Log(1 + Math.Exp(-margin));
            steps++;
            RowMath.PairStep(x, y, z, keep, rate * slope);
            bias[positive] = keep * bias[positive] + rate * slope;
            bias[negative] = keep * bias[negative] - rate * slope;
        }

        return steps == 0 ? double.NaN : loss / steps;
    }
}
