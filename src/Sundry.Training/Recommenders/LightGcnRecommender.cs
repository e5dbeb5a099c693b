using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// LightGCN: rows of users and items are learned so that, spread over the graph of interactions, they rank by products (BPR's loss, Adam). He, Deng, Wang, Li, Zhang and
/// Wang (2020). Friends and attribute values join the graph where their edges have a weight.
/// </summary>
public sealed class LightGcnRecommender(LightGcnOptions options) : FactorModel
{
    /// <inheritdoc/>
    public override void Fit(Interactions train, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var f = options.Factors;
        var graph = new Propagation(new NodeGraph(train, options.Friends, options.Attributes), f, options.Layers);
        var size = graph.Rows * f;
        // Xavier's uniform deviation for a table, as a normal one
        var rows = Draw(graph.Rows, f, Math.Sqrt(2.0 / (graph.Rows + f)), request.Seed, "rows");
        var (spread, gradient, back) = (new float[size], new float[size], new float[size]);
        var scratch = (new float[size], new float[size]);
        var (first, second) = (new float[size], new float[size]);
        var random = new SequenceRandom(CounterRandom.Derive(request.Seed, "light_gcn"));
        var owners = PairOwners.Of(train);
        int[] order = [.. Enumerable.Range(0, train.Count)];
        var (loss, step) = (double.NaN, 0);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(order);
            var sum = 0.0;
            for (var start = 0; start < order.Length; start += options.Batch)
            {
                request.Tell("light_gcn", epoch, options.Epochs, "epochs", loss);
                graph.Apply(rows, spread, scratch, request.Parallel);
                Array.Clear(gradient);
                Array.Clear(back);
                var batch = order.AsSpan(start, Math.Min(options.Batch, order.Length - start));
                sum += Slopes(train, owners, batch, rows, spread, gradient, back, ref random);
                // what reaches the spread rows goes back through the same map; shrinkage acts on the rows themselves
                graph.Apply(gradient, spread, scratch, request.Parallel);
                for (var i = 0; i < size; i++) spread[i] += back[i];
                Adam(rows, spread, first, second, ++step, request.Parallel);
            }

            loss = sum / order.Length;
        }

        request.Tell("light_gcn", options.Epochs, options.Epochs, "epochs", loss);
        graph.Apply(rows, spread, scratch, request.Parallel);
        var users = train.UserCount * f;
        Become(spread[..users], spread[users..(users + train.ItemCount * f)], new float[train.ItemCount], f);
    }

    // the gradient of the mean loss by the spread rows, and that of the shrinkage by the rows
    private double Slopes(Interactions train, int[] owners, ReadOnlySpan<int> batch, float[] rows, float[] spread, float[] gradient, float[] back, ref SequenceRandom random)
    {
        var f = options.Factors;
        var (sum, share, shrink) = (0.0, 1f / batch.Length, (float)options.Regularization / batch.Length);
        foreach (var pair in batch)
        {
            var user = owners[pair];
            var negative = random.Below(train.ItemCount);
            for (var tries = 0; tries < 100 && train.ItemsOf(user).BinarySearch(negative) >= 0; tries++) negative = random.Below(train.ItemCount);
            var (u, p, n) = (user * f, (train.UserCount + train.ItemNumbers[pair]) * f, (train.UserCount + negative) * f);
            var x = spread.AsSpan(u, f);
            var y = spread.AsSpan(p, f);
            var z = spread.AsSpan(n, f);
            var margin = RowMath.Dot(x, y) - RowMath.Dot(x, z);
            var slope = -share / (1 + MathF.Exp(margin));
            sum += Math.Log(1 + Math.Exp(-margin));
            RowMath.AddScaled(gradient.AsSpan(u, f), y, slope);
            RowMath.AddScaled(gradient.AsSpan(u, f), z, -slope);
            RowMath.AddScaled(gradient.AsSpan(p, f), x, slope);
            RowMath.AddScaled(gradient.AsSpan(n, f), x, -slope);
            foreach (var at in (ReadOnlySpan<int>)[u, p, n]) RowMath.AddScaled(back.AsSpan(at, f), rows.AsSpan(at, f), shrink);
        }

        return sum;
    }

    private void Adam(float[] rows, float[] gradient, float[] first, float[] second, int step, ParallelOptions parallel)
    {
        const float Decay1 = .9f, Decay2 = .999f;
        var rate = (float)(options.LearningRate * Math.Sqrt(1 - Math.Pow(Decay2, step)) / (1 - Math.Pow(Decay1, step)));
        const int Part = 1 << 14;
        Parallel.For(0, (rows.Length + Part - 1) / Part, parallel, part =>
        {
            var (start, length) = (part * Part, Math.Min(Part, rows.Length - part * Part));
            var w = rows.AsSpan(start, length);
            var g = gradient.AsSpan(start, length);
            var m = first.AsSpan(start, length);
            var v = second.AsSpan(start, length);
            for (var i = 0; i < w.Length; i++)
            {
                m[i] = Decay1 * m[i] + (1 - Decay1) * g[i];
                v[i] = Decay2 * v[i] + (1 - Decay2) * g[i] * g[i];
                w[i] -= rate * m[i] / (MathF.Sqrt(v[i]) + 1e-8f);
            }
        });
    }
}
