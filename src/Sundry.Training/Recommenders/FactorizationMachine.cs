using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// A factorisation machine over user, item and the attributes of both, under the logistic loss with drawn negatives: weights, and products of factors between each of the user's
/// inputs and each of the item's. Products within one side are left out: those of the user rank nothing, and those of the item are what its weight stands for. Rendle (2010).
/// </summary>
public sealed class FactorizationMachine(AttributeModelOptions options) : FactorModel
{
    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var f = options.Factors;
        var users = new Side(new AttributeIndex(train.UserColumns, train.UserCount), train.UserCount, f, request.Seed, "users");
        var items = new Side(new AttributeIndex(train.ItemColumns, train.ItemCount), train.ItemCount, f, request.Seed, "items");
        var random = new SequenceRandom(CounterRandom.Derive(request.Seed, "fm"));
        var owners = PairOwners.Of(train);
        int[] order = [.. Enumerable.Range(0, train.Count)];
        var (x, y, before) = (new float[f], new float[f], new float[f]);
        var (rate, keep) = ((float)options.LearningRate, (float)(1 - options.LearningRate * options.Regularization));
        var (loss, all) = (double.NaN, 0f);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            request.Tell("fm", epoch, options.Epochs, "epochs", loss);
            random.Shuffle(order);
            var sum = 0.0;
            for (var i = 0; i < order.Length; i++)
            {
                if ((i & 0xFFF) == 0) request.Cancel.ThrowIfCancellationRequested();
                var user = owners[order[i]];
                for (var n = 0; n <= options.Negatives; n++)
                {
                    var item = n == 0 ? train.ItemNumbers[order[i]] : random.Below(train.ItemCount);
                    var z = all + users.Read(user, x) + items.Read(item, y) + RowMath.Dot(x, y);
                    var step = rate * ((n == 0 ? 1 : 0) - 1 / (1 + MathF.Exp(-z)));
                    sum += MathF.Log(1 + MathF.Exp(n == 0 ? -z : z));
                    x.CopyTo(before, 0);
                    all += step;
                    users.Learn(user, y, step, keep);
                    items.Learn(item, before, step, keep);
                }
            }

            loss = sum / order.Length / (1 + options.Negatives);
        }

        request.Tell("fm", options.Epochs, options.Epochs, "epochs", loss);
        var bias = new float[train.ItemCount];
        Become(users.All(new float[train.UserCount]), items.All(bias), bias, f);
    }

    /// <summary>The weights and factors of one side: a row for each user or item, then one for each value.</summary>
    private sealed class Side(AttributeIndex values, int count, int f, ulong seed, string name)
    {
        private readonly float[] _weights = new float[count + values.Count];
        private readonly float[] _factors = Draw(count + values.Count, f, .05, seed, name);

        /// <summary>The sum of the factors of one, into <paramref name="row"/>; returns the sum of the weights.</summary>
        public float Read(int number, Span<float> row)
        {
            _factors.AsSpan(number * f, f).CopyTo(row);
            var weight = _weights[number];
            foreach (var value in values[number])
            {
                RowMath.AddScaled(row, _factors.AsSpan((count + value) * f, f), 1);
                weight += _weights[count + value];
            }

            return weight;
        }

        public void Learn(int number, ReadOnlySpan<float> other, float step, float keep)
        {
            Learn(other, number, step, keep);
            foreach (var value in values[number]) Learn(other, count + value, step, keep);
        }

        /// <summary>The rows of all, each the sum of its inputs'.</summary>
        public float[] All(float[] weights)
        {
            var rows = new float[count * f];
            for (var i = 0; i < count; i++) weights[i] = Read(i, rows.AsSpan(i * f, f));
            return rows;
        }

        private void Learn(ReadOnlySpan<float> other, int row, float step, float keep)
        {
            var own = _factors.AsSpan(row * f, f);
            RowMath.AddScaled(own, own, keep - 1);
            RowMath.AddScaled(own, other, step);
            _weights[row] = keep * _weights[row] + step;
        }
    }
}
