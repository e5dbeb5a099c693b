using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Matrix factorisation with biases under the logistic loss: σ(b + b_u + b_i + x·y) is the probability that a pair was seen rather than drawn. Rendle, Krichene, Zhang
/// and Anderson, "Neural Collaborative Filtering vs. Matrix Factorization Revisited" (2020). One thread: steps follow one another, so that a seed gives one result.
/// </summary>
public sealed class LogisticFactorRecommender(LogisticFactorOptions options) : FactorModel
{
    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var f = options.Factors;
        var users = Draw(train.UserCount, f, options.Deviation, request.Seed, "users");
        var items = Draw(train.ItemCount, f, options.Deviation, request.Seed, "items");
        var biases = new Biases(new float[train.UserCount], new float[train.ItemCount]);
        var random = new SequenceRandom(CounterRandom.Derive(request.Seed, "mf"));
        var owners = PairOwners.Of(train);
        int[] order = [.. Enumerable.Range(0, train.Count)];
        var loss = double.NaN;
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            request.Tell("mf", epoch, options.Epochs, "epochs", loss);
            random.Shuffle(order);
            var sum = 0.0;
            for (var i = 0; i < order.Length; i++)
            {
                if ((i & 0xFFF) == 0) request.Cancel.ThrowIfCancellationRequested();
                var user = owners[order[i]];
                var x = users.AsSpan(user * f, f);
                sum += Step(x, user, train.ItemNumbers[order[i]], items, biases, 1);
                // any item may be drawn: that of a pair that was seen is rare enough, and the published setting has it so
                for (var n = 0; n < options.Negatives; n++) sum += Step(x, user, random.Below(train.ItemCount), items, biases, 0);
            }

            loss = sum / order.Length / (1 + options.Negatives);
        }

        request.Tell("mf", options.Epochs, options.Epochs, "epochs", loss);
        Become(users, items, biases.Items, f);
    }

    private double Step(Span<float> x, int user, int item, float[] items, Biases biases, float label)
    {
        var y = items.AsSpan(item * x.Length, x.Length);
        var z = biases.All + biases.Users[user] + biases.Items[item] + RowMath.Dot(x, y);
        var rate = (float)options.LearningRate;
        var keep = (float)(1 - options.LearningRate * options.Regularization);
        var step = rate * (label - 1 / (1 + MathF.Exp(-z)));
        RowMath.Step(x, y, keep, step);
        biases.All += step;
        biases.Users[user] = keep * biases.Users[user] + step;
        biases.Items[item] = keep * biases.Items[item] + step;
        return MathF.Log(1 + MathF.Exp(label > 0 ? -z : z));
    }

    private sealed class Biases(float[] users, float[] items)
    {
        public float All;

        public float[] Users { get; } = users;

        public float[] Items { get; } = items;
    }
}
