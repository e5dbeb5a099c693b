using Sundry.Training;

namespace Sundry.Serving;

/// <summary>What <see cref="AnswerBenchmark"/> found, in milliseconds.</summary>
/// <param name="MedianMs">Half of the answers took no longer.</param>
/// <param name="P99Ms">Of a hundred answers 99 took no longer.</param>
/// <param name="Stages">The same of each stage, in their order.</param>
/// <param name="ProcessorMs">Processor time of the whole process an answer: keeping and writing it included.</param>
/// <param name="KbPerAnswer">What one answer allocates, in 10³ bytes.</param>
/// <param name="Candidates">Candidates that were scored, in the mean.</param>
/// <param name="Degraded">Answers that were made of less.</param>
/// <param name="OpenSeconds">How long it took to open the server on its store.</param>
/// <param name="PeakMemoryMb">The process's greatest resident memory, in 10⁶ bytes.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Machine">What it was measured on.</param>
public sealed record AnswerBenchmarkResult(
    double MedianMs, double P99Ms, IReadOnlyList<AnswerBenchmarkResult.Stage> Stages, double ProcessorMs, double KbPerAnswer, double Candidates, int Degraded, double OpenSeconds, double PeakMemoryMb, AnswerBenchmarkOptions Options, Machine Machine)
{
    /// <summary>A stage's times.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="MedianMs">Half of the answers took no longer for it.</param>
    /// <param name="P99Ms">Of a hundred answers 99 took no longer for it.</param>
    public sealed record Stage(string Name, double MedianMs, double P99Ms);
}
