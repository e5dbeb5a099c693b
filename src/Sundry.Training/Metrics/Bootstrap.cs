namespace Sundry.Training;

/// <summary>Evaluates metrics on resampled rows, on all cores; a resample's draw depends on the seed and its number alone.</summary>
internal static class Bootstrap
{
    /// <summary>The metrics on the rows as they are: every row once.</summary>
    public static double[] Once(ResampledMetrics metrics)
    {
        var ones = new byte[metrics.Rows];
        Array.Fill(ones, (byte)1);
        var values = new double[metrics.Names.Count];
        metrics.Evaluate(ones, new double[metrics.Rows], values);
        return values;
    }

    /// <summary>
    /// Replicates of several models on the same rows, every model seeing the same draw: what differs between them is
    /// the models, not the luck of the rows.
    /// </summary>
    /// <returns>[model][metric][resample]</returns>
    public static double[][][] Replicates(IReadOnlyList<ResampledMetrics> models, int resamples, ulong seed)
    {
        int rows = models[0].Rows;
        var replicates = models.Select(m => m.Names.Select(_ => new double[resamples]).ToArray()).ToArray();
        Parallel.For(0, resamples, () => new Draw(rows, models.Max(m => m.Names.Count)), (resample, _, draw) =>
        {
            PoissonResampling.Draw(draw.Counts, seed, resample);
            for (int m = 0; m < models.Count; m++)
            {
                models[m].Evaluate(draw.Counts, draw.Scratch, draw.Values);
                for (int v = 0; v < replicates[m].Length; v++) replicates[m][v][resample] = draw.Values[v];
            }

            return draw;
        }, _ => { });
        return replicates;
    }

    private sealed class Draw(int rows, int metrics)
    {
        public byte[] Counts { get; } = new byte[rows];

        public double[] Scratch { get; } = new double[rows];

        public double[] Values { get; } = new double[metrics];
    }
}
