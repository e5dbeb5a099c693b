using Sundry.Training;

namespace Sundry.Serving;

/// <summary>What <see cref="RetrieveBenchmark"/> found.</summary>
/// <param name="MedianMs">Half of the searches took no longer, in milliseconds.</param>
/// <param name="P99Ms">Of a hundred searches 99 took no longer.</param>
/// <param name="QueriesPerSecond">Searches a second, all threads together.</param>
/// <param name="GbPerSecond">What one search reads on average, low halves included, in 10⁹ bytes, by the median.</param>
/// <param name="Recall">The share of the exact best vectors, by float products, that were found.</param>
/// <param name="BuildSeconds">How long it took to take the vectors in.</param>
/// <param name="PeakMemoryMb">The process's greatest resident memory, in 10⁶ bytes; the benchmark's own copy of the vectors included.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Machine">What it was measured on.</param>
public sealed record RetrieveBenchmarkResult(
    double MedianMs, double P99Ms, double QueriesPerSecond, double GbPerSecond, double Recall, double BuildSeconds, double PeakMemoryMb, RetrieveBenchmarkOptions Options, Machine Machine);
