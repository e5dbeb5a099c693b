using Sundry.Data;

namespace Sundry.Training;

/// <summary>Which metrics judge which type of task, which way is better, and all of them at once with their intervals.</summary>
public static class TaskMetrics
{
    private static readonly string[] Binary = ["auc", "pr_auc", "logloss", "normalized_entropy", "calibration", "ece", "accuracy", "precision", "recall", "f1"];
    private static readonly string[] Regression = ["rmse", "mae", "r2"];
    private static readonly string[] Count = ["rmse", "mae", "poisson_deviance", "r2", "calibration"];
    private static readonly string[] Multiclass = ["accuracy", "f1", "logloss"];

    /// <summary>The metrics of a type of task, in the order of reports.</summary>
    public static IReadOnlyList<string> Names(TaskType type) => type switch
    {
        TaskType.Binary => Binary,
        TaskType.Regression => Regression,
        TaskType.Count => Count,
        TaskType.Multiclass => Multiclass,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The metric that judges a type of task where the configuration names none.</summary>
    public static string Default(TaskType type) => type switch
    {
        TaskType.Binary => "auc",
        TaskType.Regression => "rmse",
        TaskType.Count => "rmse",
        TaskType.Multiclass => "accuracy",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The metric that judges this task: the configured one, else its type's.</summary>
    public static string For(TaskSchema task) => task.Metric.Length > 0 ? task.Metric : Default(task.Type);

    /// <summary>
    /// Whether more is better. The calibration ratio is best at 1, neither high nor low: false here, and
    /// <see cref="Goodness"/> judges its distance.
    /// </summary>
    /// <exception cref="ArgumentException">No metric has this name.</exception>
    public static bool HigherIsBetter(string metric) => metric switch
    {
        "auc" or "pr_auc" or "accuracy" or "precision" or "recall" or "f1" or "r2" => true,
        "logloss" or "normalized_entropy" or "ece" or "rmse" or "mae" or "poisson_deviance" or "calibration" => false,
        _ => throw Unknown(metric),
    };

    /// <summary>The value turned so that more is better, for early stopping and comparisons; NaN stays NaN.</summary>
    public static double Goodness(string metric, double value) =>
        metric == "calibration" ? -Math.Abs(value - 1) : HigherIsBetter(metric) ? value : -value;

    /// <summary>Every metric of the task, with 95 % percentile intervals over resampled rows.</summary>
    /// <param name="task">The task: its type chooses the metrics, its classes the width of a multiclass prediction.</param>
    /// <param name="predictions">[n] probabilities, values or expected counts; multiclass [n, classes] probabilities.</param>
    /// <param name="labels">[n]; NaN leaves the row out.</param>
    /// <param name="weights">[n], or empty for ones; a row that does not weigh more than 0 is left out.</param>
    /// <param name="bootstrap">Number of resamples; 0 leaves the intervals out, which is much faster.</param>
    /// <param name="seed">Seed of the resamples: the same seed and rows give the same intervals on any number of threads.</param>
    public static IReadOnlyList<MetricValue> Compute(
        TaskSchema task,
        ReadOnlySpan<float> predictions,
        ReadOnlySpan<float> labels,
        ReadOnlySpan<float> weights,
        int bootstrap = 200,
        ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bootstrap);
        var names = Names(task.Type);
        if (Prepare(task, names, predictions, labels, weights) is not { } metrics)
            return [.. names.Select(name => new MetricValue(name, double.NaN, double.NaN, double.NaN, UndefinedReason.NotANumber))];

        double[] values = Bootstrap.Once(metrics);
        var replicates = bootstrap == 0 || metrics.Rows == 0 ? null : Bootstrap.Replicates([metrics], bootstrap, seed)[0];
        var result = new MetricValue[names.Count];
        for (int m = 0; m < names.Count; m++)
        {
            double value = values[m];
            var (low, high) = replicates is null || double.IsNaN(value) ? (double.NaN, double.NaN) : Interval(names[m], value, replicates[m]);
            result[m] = new(names[m], value, low, high, double.IsNaN(value) ? UndefinedReason.Of(task, names[m], labels, weights) : null);
        }

        return result;
    }

    /// <summary>Null where a binary prediction is NaN, which has no rank and undoes every metric.</summary>
    internal static ResampledMetrics? Prepare(TaskSchema task, IReadOnlyList<string> names, ReadOnlySpan<float> predictions, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights) => task.Type switch
    {
        TaskType.Binary => RankedRows.Of(predictions, labels, weights) is { } ranked ? new BinaryResampling(ranked, names) : null,
        TaskType.Multiclass => new ClassResampling(new LabelledRows(predictions, labels, weights, task.Classes.Count), task.Classes.Count, names),
        _ => new ValueResampling(new LabelledRows(predictions, labels, weights), names),
    };

    internal static ArgumentException Unknown(string metric) => new($"there is no metric '{metric}' for this type of task");

    private static (double Low, double High) Interval(string metric, double value, double[] replicates)
    {
        var (low, high) = Percentiles.Of(replicates);
        if (metric != "ece" || double.IsNaN(low)) return (low, high);

        // Noise adds to a calibration error, and a resample adds the same noise once more: its replicates lie too high by as
        // much as the value does. Reflecting them at the value (the basic interval) takes that back.
        return (Math.Clamp(2 * value - high, 0, value), Math.Max(2 * value - low, value));
    }
}
