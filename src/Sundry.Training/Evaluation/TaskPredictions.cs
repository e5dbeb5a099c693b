using Sundry.Data;

namespace Sundry.Training;

/// <summary>What a model says of one task on the rows of a table, beside what happened.</summary>
/// <param name="Task">The task.</param>
/// <param name="Values">[n], or [n, classes]: probabilities, values or expected counts.</param>
/// <param name="Labels">[n]; NaN where the row is outside the task.</param>
/// <param name="Weights">[n] sample weights.</param>
public sealed record TaskPredictions(TaskSchema Task, float[] Values, float[] Labels, float[] Weights)
{
    /// <summary>All metrics of the task.</summary>
    /// <param name="bootstrap">Resamples for the 95 % intervals; 0 for none.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public IReadOnlyList<MetricValue> Metrics(int bootstrap, ulong seed = 1) => TaskMetrics.Compute(Task, Values, Labels, Weights, bootstrap, seed);
}
