using Sundry.Training;
using static Sundry.Cli.JsonNumber;

namespace Sundry.Cli;

/// <summary>One line of what <c>compare --json</c> prints.</summary>
internal sealed record ComparisonJson(string Architecture, string Balancing, int Seeds, double Seconds, long Parameters, long DenseParameters, double? MeanGain, IReadOnlyDictionary<string, ComparisonJson.TaskJson> Tasks)
{
    public static ComparisonJson Of(ComparisonResult result) => new(
        result.Architecture, result.Balancing, result.Seeds, result.Seconds, result.Parameters, result.DenseParameters, Finite(result.Delta),
        result.Tasks.ToDictionary(t => t.Task, t => new TaskJson(
            t.Metric, Finite(t.Value.Mean), Finite(t.Value.Sd), t.Single is null ? null : Finite(t.Single.Difference), t.Single is null ? null : Interval(t.Single.Low, t.Single.High),
            t.Single?.Verdict.ToString().ToLowerInvariant())));

    /// <summary>One task; difference, interval and verdict are against its single-task model.</summary>
    internal sealed record TaskJson(string Metric, double? Mean, double? Sd, double? Difference, double[]? Interval, string? Verdict);
}
