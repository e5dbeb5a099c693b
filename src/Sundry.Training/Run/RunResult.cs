using System.Text.Json.Serialization;

namespace Sundry.Training;

/// <summary>What a training came to: what <c>train --json</c> prints and the bundle keeps as <c>metrics.json</c>.</summary>
/// <param name="Model">The bundle's folder.</param>
/// <param name="Architecture">How tasks share.</param>
/// <param name="Balancing">How their losses were combined.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Rows">Rows by part: train, validation, test.</param>
/// <param name="Parameters">Trained weights, embedding rows included.</param>
/// <param name="BestEpoch">The epoch whose weights were kept.</param>
/// <param name="Epochs">Epochs that were trained.</param>
/// <param name="Seconds">Time of training, validation included.</param>
/// <param name="SamplesPerSecond">Training rows a second, validation left out.</param>
/// <param name="PeakMemoryMb">The process's greatest resident memory so far, in MB.</param>
/// <param name="Tasks">By task, then part, then metric; an undefined metric is null.</param>
/// <param name="Intervals">By task, then part, then metric: the ends of the 95 % bootstrap interval.</param>
public sealed record RunResult(
    string Model,
    string Architecture,
    string Balancing,
    int Seed,
    IReadOnlyDictionary<string, int> Rows,
    long Parameters,
    int BestEpoch,
    int Epochs,
    double Seconds,
    double SamplesPerSecond,
    double PeakMemoryMb,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double?>>> Tasks,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double[]>>> Intervals)
{
    /// <summary>How the outputs order lists, where a ranking was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RankingResult? Ranking { get; init; }
}
