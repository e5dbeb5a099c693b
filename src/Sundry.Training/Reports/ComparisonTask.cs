namespace Sundry.Training;

/// <summary>One task in a comparison.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Metric">The metric that judges it.</param>
/// <param name="Value">The metric over seeds.</param>
/// <param name="Single">The difference to the single-task model; null for that model itself and where there is none.</param>
public sealed record ComparisonTask(string Task, string Metric, SeedSummary Value, MetricDifference? Single);
