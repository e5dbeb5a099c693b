using Sundry.Compute;

namespace Sundry.Training;

/// <summary>Measures what the machine can do at most, on one thread and on all of them.</summary>
public static class PeakBenchmark
{
    private const int Rounds = 5;

    /// <summary>Measures multiply-adds and copying, on one thread and on <paramref name="threads"/>, in turn for several rounds.</summary>
    /// <exception cref="Data.InputException">Fewer threads than 1.</exception>
    public static PeakBenchmarkResult Run(int threads, CancellationToken cancel = default)
    {
        SyntheticModel.Within("threads", threads, 1, 1024);
        int[] counts = threads == 1 ? [1] : [1, threads];
        var gflops = counts.Select(_ => new double[Rounds]).ToArray();
        var copy = counts.Select(_ => new double[Rounds]).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < counts.Length; i++)
            {
                cancel.ThrowIfCancellationRequested();
                gflops[i][round] = Peak.MultiplyAdds(counts[i], tries: 20);
                copy[i][round] = Peak.Copy(counts[i], tries: 3);
            }
        }

        return new(Peak.VectorBits, [.. counts.Select((n, i) => new PeakBenchmarkResult.Figures(n, Spread.Of(gflops[i]), Spread.Of(copy[i])))], Machine.Here());
    }
}
