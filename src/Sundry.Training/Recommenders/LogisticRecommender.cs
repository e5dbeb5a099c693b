using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Logistic regression over the item, its values, and each of the user's values crossed with each of the item's, with drawn negatives. It is kept as factors: an item's row says which
/// values it has, a user's what each value is worth to those who have the user's values.
/// </summary>
public sealed class LogisticRecommender(AttributeModelOptions options) : FactorModel
{
    private const long MostFloats = 1 << 28;

    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (users, items) = (new AttributeIndex(train.UserColumns, train.UserCount), new AttributeIndex(train.ItemColumns, train.ItemCount));
        var width = items.Count;
        if (users.Count == 0 || width == 0)
            throw new InputException("logistic crosses attributes of users with attributes of items, and at least one side has none that two share; give tables of both with --items and --customers, or leave logistic out");
        if ((long)width * Math.Max(users.Count, Math.Max(train.UserCount, train.ItemCount)) > MostFloats)
            throw new InputException($"logistic keeps a number for each of {width:N0} values of items and each user, item and value of users, which is more than {MostFloats:N0}; take fm");
        var (crosses, bias, values) = (new float[users.Count * width], new float[train.ItemCount], new float[width]);
        var random = new SequenceRandom(CounterRandom.Derive(request.Seed, "logistic"));
        var owners = PairOwners.Of(train);
        int[] order = [.. Enumerable.Range(0, train.Count)];
        var (rate, keep) = ((float)options.LearningRate, (float)(1 - options.LearningRate * options.Regularization));
        var (loss, all) = (double.NaN, 0f);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            request.Tell("logistic", epoch, options.Epochs, "epochs", loss);
            random.Shuffle(order);
            var sum = 0.0;
            for (var i = 0; i < order.Length; i++)
            {
                if ((i & 0xFFF) == 0) request.Cancel.ThrowIfCancellationRequested();
                var of = users[owners[order[i]]];
                for (var n = 0; n <= options.Negatives; n++)
                {
                    var item = n == 0 ? train.ItemNumbers[order[i]] : random.Below(train.ItemCount);
                    var z = all + bias[item];
                    foreach (var value in items[item])
                    {
                        z += values[value];
                        foreach (var theirs in of) z += crosses[theirs * width + value];
                    }

                    var step = rate * ((n == 0 ? 1 : 0) - 1 / (1 + MathF.Exp(-z)));
                    sum += MathF.Log(1 + MathF.Exp(n == 0 ? -z : z));
                    all += step;
                    bias[item] = keep * bias[item] + step;
                    foreach (var value in items[item])
                    {
                        values[value] = keep * values[value] + step;
                        foreach (var theirs in of) crosses[theirs * width + value] = keep * crosses[theirs * width + value] + step;
                    }
                }
            }

            loss = sum / order.Length / (1 + options.Negatives);
        }

        request.Tell("logistic", options.Epochs, options.Epochs, "epochs", loss);
        var (left, right) = (new float[train.UserCount * width], new float[train.ItemCount * width]);
        for (var user = 0; user < train.UserCount; user++)
            foreach (var theirs in users[user]) RowMath.AddScaled(left.AsSpan(user * width, width), crosses.AsSpan(theirs * width, width), 1);
        for (var item = 0; item < train.ItemCount; item++)
        {
            foreach (var value in items[item])
            {
                right[item * width + value]++;
                bias[item] += values[value];
            }
        }

        Become(left, right, bias, width);
    }
}
