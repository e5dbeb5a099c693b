namespace Sundry.Training;

/// <summary>What <see cref="PeakBenchmark"/> found.</summary>
/// <param name="VectorBits">The vector width of the kernels: 512, 256, 128, or 0 for scalar code.</param>
/// <param name="Peaks">On one thread, and on all.</param>
/// <param name="Machine">What it was measured on.</param>
public sealed record PeakBenchmarkResult(int VectorBits, IReadOnlyList<PeakBenchmarkResult.Figures> Peaks, Machine Machine)
{
    /// <summary>The figures of some threads together.</summary>
    /// <param name="Threads">How many.</param>
    /// <param name="Gflops">Fused multiply-adds on registers, 10⁹ operations a second.</param>
    /// <param name="GbPerSecond">Copying between buffers larger than the caches, 10⁹ bytes a second; a byte read and written counts once.</param>
    public sealed record Figures(int Threads, Spread Gflops, Spread GbPerSecond);
}
