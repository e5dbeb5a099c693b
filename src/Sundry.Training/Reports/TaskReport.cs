using Sundry.Data;

namespace Sundry.Training;

/// <summary>One task's figures.</summary>
/// <param name="Task">The task.</param>
/// <param name="Validation">Its metrics on the validation rows.</param>
/// <param name="Test">Its metrics on the test rows; empty where there are none.</param>
/// <param name="Curves">What is drawn of its predictions, on the test rows where there are any; null for none.</param>
/// <param name="Single">The task's metric beside its single-task model on the same rows; null where that was not trained.</param>
public sealed record TaskReport(
    TaskSchema Task,
    IReadOnlyList<MetricValue> Validation,
    IReadOnlyList<MetricValue> Test,
    Curves? Curves = null,
    MetricDifference? Single = null)
{
    /// <summary>The rows that the report judges by: test where there are any.</summary>
    public IReadOnlyList<MetricValue> Judged => Test.Count > 0 ? Test : Validation;

    /// <summary>The metric that judges the task, on those rows; null where it was not computed.</summary>
    public MetricValue? Headline => Judged.FirstOrDefault(value => value.Name == TaskMetrics.For(Task));
}
