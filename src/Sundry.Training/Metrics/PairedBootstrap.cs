using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// The 95 % interval of the difference of a metric between two models on the same rows. Each resample of the rows is given to
/// both models, so what is hard about the rows cancels and small differences show.
/// </summary>
/// <remarks>
/// With several seeds a side, the seeds are resampled too, and their deviations widened by √(S/(S−1)) so that few seeds do not
/// understate how much a seed matters. With one seed the interval speaks of the rows alone.
/// </remarks>
public static class PairedBootstrap
{
    /// <summary>Compares two models, one seed each.</summary>
    /// <inheritdoc cref="Compare(TaskSchema, string, IReadOnlyList{float[]}, IReadOnlyList{float[]}, ReadOnlySpan{float}, ReadOnlySpan{float}, int, ulong)"/>
    public static MetricDifference Compare(
        TaskSchema task, string metric, float[] model, float[] reference,
        ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, int bootstrap = 200, ulong seed = 1) =>
        Compare(task, metric, [model], [reference], labels, weights, bootstrap, seed);

    /// <summary>Compares two models over the seeds of each.</summary>
    /// <param name="task">The task.</param>
    /// <param name="metric">One of its metrics.</param>
    /// <param name="model">Predictions on the rows, one array a seed: [n], or [n, classes].</param>
    /// <param name="reference">The reference's, one array a seed.</param>
    /// <param name="labels">[n]; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones.</param>
    /// <param name="bootstrap">Number of resamples.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static MetricDifference Compare(
        TaskSchema task, string metric, IReadOnlyList<float[]> model, IReadOnlyList<float[]> reference,
        ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default, int bootstrap = 200, ulong seed = 1)
    {
        if (model.Count == 0 || reference.Count == 0) throw new ArgumentException("each side needs the predictions of at least one seed");
        if (!TaskMetrics.Names(task.Type).Contains(metric)) throw TaskMetrics.Unknown(metric);

        var sides = new List<ResampledMetrics>();
        foreach (var predictions in model.Concat(reference))
        {
            if (TaskMetrics.Prepare(task, [metric], predictions, labels, weights) is not { } prepared) return Undefined(metric);
            sides.Add(prepared);
        }

        double[] values = [.. sides.Select(side => Bootstrap.Once(side)[0])];
        double ours = values.Take(model.Count).Average(), theirs = values.Skip(model.Count).Average();
        if (double.IsNaN(ours) || double.IsNaN(theirs)) return Undefined(metric) with { Model = ours, Reference = theirs };

        var replicates = Bootstrap.Replicates(sides, bootstrap, seed);
        var difference = new double[bootstrap];
        var good = new double[bootstrap];
        for (int b = 0; b < bootstrap; b++)
        {
            var random = new SeedDraw(seed, b);
            double left = Replicate(replicates, values, 0, model.Count, b, ref random);
            double right = Replicate(replicates, values, model.Count, reference.Count, b, ref random);
            difference[b] = left - right;
            good[b] = TaskMetrics.Goodness(metric, left) - TaskMetrics.Goodness(metric, right);
        }

        var (low, high) = Percentiles.Of(difference);
        var (worst, best) = Percentiles.Of(good);
        return new(metric, ours, theirs, ours - theirs, low, high, worst > 0 ? Verdict.Gains : best < 0 ? Verdict.Loses : Verdict.Same);
    }

    private static MetricDifference Undefined(string metric) => new(metric, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, Verdict.Same);

    /// <summary>The mean over seeds on this resample of the rows, moved by how far a draw of the seeds strays from their mean.</summary>
    private static double Replicate(double[][][] replicates, double[] values, int first, int seeds, int resample, ref SeedDraw random)
    {
        double rows = 0, mean = 0, drawn = 0;
        for (int s = 0; s < seeds; s++)
        {
            rows += replicates[first + s][0][resample] / seeds;
            mean += values[first + s] / seeds;
            drawn += values[first + random.Next(seeds)] / seeds;
        }

        return seeds == 1 ? rows : rows + (drawn - mean) * Math.Sqrt(seeds / (seeds - 1.0));
    }

    private struct SeedDraw(ulong seed, int resample)
    {
        private ulong _state = PoissonResampling.Mix(~seed) + ((ulong)resample << 32);

        public int Next(int count) => (int)(PoissonResampling.Mix(_state += 0x9E3779B97F4A7C15) % (ulong)count);
    }
}
