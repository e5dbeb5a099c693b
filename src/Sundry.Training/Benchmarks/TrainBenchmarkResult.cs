namespace Sundry.Training;

/// <summary>What <see cref="TrainBenchmark"/> found. Figures without a range are medians over the rounds.</summary>
/// <param name="SamplesPerSecond">Rows learned a second.</param>
/// <param name="SamplesPerSecondRange">The least and the greatest of all rounds.</param>
/// <param name="Gflops">6 × dense weights × rows a second, in 10⁹: the multiply-adds of the products forward and backward, and nothing else.</param>
/// <param name="PeakGflops">The multiply-adds that as many threads can do, measured before and after each round.</param>
/// <param name="PeakGflopsRange">The least and the greatest of those.</param>
/// <param name="ShareOfPeak">The first over the second, round by round.</param>
/// <param name="MsPerStep">Milliseconds of a step.</param>
/// <param name="Parts">Where a step's time went, by part (data, gather, forward, backward, reduce, optimizer, other), over all rounds together.</param>
/// <param name="Loss">The mean loss of the tasks in the last step: about 0.69 and falling, for the labels are random.</param>
/// <param name="DenseWeights">Weights outside the table.</param>
/// <param name="TableMb">The table with the optimiser's moments, in 10⁶ bytes.</param>
/// <param name="PeakMemoryMb">The process's greatest resident memory, in 10⁶ bytes.</param>
/// <param name="Threads">Threads that were used.</param>
/// <param name="Shards">Parts of a batch that were worked on side by side.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Machine">What it was measured on.</param>
public sealed record TrainBenchmarkResult(
    double SamplesPerSecond,
    double[] SamplesPerSecondRange,
    double Gflops,
    double PeakGflops,
    double[] PeakGflopsRange,
    double ShareOfPeak,
    double MsPerStep,
    IReadOnlyDictionary<string, TrainBenchmarkResult.Part> Parts,
    double Loss,
    long DenseWeights,
    double TableMb,
    double PeakMemoryMb,
    int Threads,
    int Shards,
    TrainBenchmarkOptions Options,
    Machine Machine)
{
    /// <summary>One part of a step.</summary>
    /// <param name="Ms">Milliseconds a step.</param>
    /// <param name="Share">Of the whole step, 0 to 1.</param>
    public sealed record Part(double Ms, double Share);
}
