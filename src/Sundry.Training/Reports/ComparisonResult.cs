namespace Sundry.Training;

/// <summary>One architecture under one balancer, over its seeds.</summary>
/// <param name="Architecture">How tasks share.</param>
/// <param name="Balancing">How task losses are combined.</param>
/// <param name="Seeds">Number of seeds.</param>
/// <param name="Seconds">Mean duration of training one seed; for single-task models, all tasks together.</param>
/// <param name="Parameters">Number of trained weights; for single-task models, all tasks together.</param>
/// <param name="Tasks">Its tasks, in the configuration's order.</param>
public sealed record ComparisonResult(
    string Architecture,
    string Balancing,
    int Seeds,
    double Seconds,
    long Parameters,
    IReadOnlyList<ComparisonTask> Tasks)
{
    /// <summary>Those of the weights that are not in embedding tables; 0 where they were not counted.</summary>
    public long DenseParameters { get; init; }

    /// <summary>The mean relative gain over single-task models, Δ of the multi-task literature; NaN without a reference.</summary>
    public double Delta => NegativeTransfer.Mean([.. Tasks.Select(task => task.Single is { } single
        ? NegativeTransfer.Delta(single.Metric, single.Model, single.Reference)
        : double.NaN)]);
}
