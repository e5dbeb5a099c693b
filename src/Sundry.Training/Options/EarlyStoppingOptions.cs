using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sundry.Data;

namespace Sundry.Training;

/// <summary>Which epoch is the best, and how long to wait for a better one.</summary>
public sealed class EarlyStoppingOptions : IConfigChecked
{
    /// <summary>Epochs without improvement before training stops; 0 for never.</summary>
    /// <value>Default: 3.</value>
    [Range(0, 100_000)]
    [Description("Epochs without improvement before training stops; 0 for never")]
    public int Patience { get; init; } = 3;

    /// <summary>What is watched: <c>mean</c> of the tasks' own metrics, or <c>TASK.METRIC</c>.</summary>
    /// <value>Default: mean.</value>
    [Description("What is watched on validation: mean (of the tasks' own metrics), a task, or TASK.METRIC such as buy.logloss")]
    public string Metric { get; init; } = "mean";

    /// <summary>Weights of the tasks in the mean; tasks that are not named weigh 1.</summary>
    /// <value>Default: none.</value>
    [Description("Weights of the tasks in the mean; tasks that are not named weigh 1")]
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>The tasks that the options name.</summary>
    public IEnumerable<string> TaskNames => Metric == "mean" ? Weights.Keys : Weights.Keys.Append(Metric.Split('.')[0]);

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Weights.Values.Any(w => !(w >= 0))) yield return (nameof(Weights), "a task's weight in the mean cannot be negative");
        if (Weights.Count > 0 && Metric != "mean") yield return (nameof(Weights), "'weights' belong to 'metric: mean'; remove them or the metric");
    }
}
