namespace Sundry.Training;

/// <summary>What <see cref="ScoreBenchmark"/> found.</summary>
/// <param name="Results">By number of candidates, as asked for.</param>
/// <param name="SharedFields">Fields that are the same for all candidates of a call.</param>
/// <param name="Threads">Threads that a call's rows were divided among.</param>
/// <param name="PeakMemoryMb">The process's greatest resident memory, in 10⁶ bytes.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Machine">What it was measured on.</param>
public sealed record ScoreBenchmarkResult(
    IReadOnlyList<ScoreBenchmarkResult.Latency> Results, int SharedFields, int Threads, double PeakMemoryMb, ScoreBenchmarkOptions Options, Machine Machine)
{
    /// <summary>How long calls took.</summary>
    /// <param name="Candidates">Rows of a call.</param>
    /// <param name="P50Ms">Half of the calls took no longer, in milliseconds.</param>
    /// <param name="P99Ms">Of a hundred calls 99 took no longer.</param>
    /// <param name="SamplesPerSecond">Rows a second at the median.</param>
    public sealed record Latency(int Candidates, double P50Ms, double P99Ms, double SamplesPerSecond);
}
