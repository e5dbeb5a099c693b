using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>One thing to predict. In short form its type alone, <c>click: binary</c>.</summary>
[ConfigShorthand(nameof(Type))]
public sealed class TaskOptions : IConfigChecked
{
    /// <summary>binary, regression, count or multiclass.</summary>
    /// <value>Default: binary.</value>
    [Description("binary: one of two outcomes; regression: a number; count: a number of events; multiclass: one of several classes")]
    public TaskType Type { get; init; } = TaskType.Binary;

    /// <summary>The source whose rows the task is about, one of <see cref="DataOptions.Sources"/>.</summary>
    /// <value>Default: main, the rows of <see cref="DataOptions.Train"/>.</value>
    [Description("The source whose rows the task is about, one of data.sources; main is data.train")]
    public string Source { get; init; } = SourceSchema.Main;

    /// <summary>The column that holds what happened. A missing label leaves the row out of the task.</summary>
    /// <value>Default: the task's name.</value>
    [Description("The column that holds what happened; by default the task's name")]
    public string? Label { get; init; }

    /// <summary>The type of event that the label is about, where rows are made from a log: whether it follows the row, how often, or with what value.</summary>
    /// <value>Default: auto, the task's name where the log has such events and there is no <see cref="Label"/> column of that name; else the label is a column of the row.</value>
    [ConfigNull("auto")]
    [Description("The type of event that the label is about, such as purchase: whether it follows the row, how often, or, with label: value, quantity, price or spend, with what; auto: the task's name, where it is a type of event (rows of a log)")]
    public string? Event { get; init; }

    /// <summary>How long after a row its event counts.</summary>
    /// <value>Default: auto, a day, or the period of the rows; the row's own event needs none.</value>
    [ConfigNull("auto")]
    [Description("How long after the row the event counts, such as 30m or 3d; auto: 1d, or as long as the rows' period (rows of a log)")]
    public string? Within { get; init; }

    /// <summary>What the label is where its window is not over when the log ends.</summary>
    /// <value>Default: mask.</value>
    [Description("What the label is where its window is not over when the log ends: mask: none; negative: what has happened so far (rows of a log)")]
    public DelayRule Delayed { get; init; } = DelayRule.Mask;

    /// <summary>Whether the label is that the event does not follow: churn (binary).</summary>
    /// <value>Default: false.</value>
    [Description("Whether the label is 1 where the event does not follow, as in churn (binary, rows of a log)")]
    public bool Absent { get; init; }

    /// <summary>The texts in the label column that count as positive, every other as negative (binary).</summary>
    /// <value>Default: none; the column must then hold 0 and 1, false and true, no and yes, n and y.</value>
    [Description("The texts in the label column that are positive, every other being negative; by default 1, true, yes and y (binary)")]
    public IReadOnlyList<string> Positive { get; init; } = [];

    /// <summary>The classes in order, as they are written in the file (multiclass). A label outside them is a bad row.</summary>
    /// <value>Default: those of the training rows, in ordinal order.</value>
    [Description("The classes in order as they are written in the file; by default those of the training rows (multiclass)")]
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Weight of the task's loss.</summary>
    /// <value>Default: 1.</value>
    [Range(0.0, 1e9)]
    [Description("Weight of the task's loss")]
    public double Weight { get; init; } = 1;

    /// <summary>The rows the task is defined on, as a <see cref="RowFilter"/>: <c>click = 1</c>.</summary>
    /// <value>Default: all rows.</value>
    [Description("The rows the task is defined on, such as: click = 1 and price < 100")]
    public string? Where { get; init; }

    /// <summary>The tasks that come before this one: one cannot buy what one has not clicked. Architectures that go along a chain or a graph of tasks read it here.</summary>
    /// <value>Default: none.</value>
    [Description("The tasks that come before this one, such as: click; architectures along a chain or a graph of tasks need it")]
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>The tasks whose probability this one's should never exceed; what exceeds it is added to the loss, <c>model.calibration</c> times (binary).</summary>
    /// <value>Default: none.</value>
    [Description("The tasks whose probability this one's should not exceed; what exceeds it is added to the loss, model.calibration times (binary)")]
    public IReadOnlyList<string> AtMost { get; init; } = [];

    /// <summary>Whether the task is wanted for itself. One that only helps others to learn is trained, but neither predicted nor part of the mean that early stopping watches.</summary>
    /// <value>Default: true.</value>
    [Description("Whether the task is wanted for itself; false for one that only helps the others to learn: it is trained, but not predicted, and not part of the mean that early stopping watches")]
    public bool Main { get; init; } = true;

    /// <summary>What part of its gradient the task passes on to each block of the model.</summary>
    [Description("What part of its gradient, from 0 to 1, the task passes on to each block of the model; a number alone is that of all before its tower")]
    public GradientOptions Gradient { get; init; } = new();

    /// <summary>How far a prediction is from its label.</summary>
    /// <value>Default: auto, by the type; see <see cref="ResolvedLoss"/>.</value>
    [Description("How far a prediction is from its label; auto: cross_entropy for binary and multiclass, squared for regression, poisson for count")]
    public TaskLoss Loss { get; init; } = TaskLoss.Auto;

    /// <summary>The distance at which the Huber loss becomes linear, in units of the standardised label.</summary>
    /// <value>Default: 1.</value>
    [Range(1e-9, 1e9)]
    [Description("The distance at which the huber loss becomes linear, in standard deviations of the label")]
    public double Delta { get; init; } = 1;

    /// <summary>The share of a label that is spread evenly over all classes, so that no logit is driven without end (binary, multiclass).</summary>
    /// <value>Default: 0.</value>
    [Range(0.0, 0.5)]
    [Description("The share of a label that is spread evenly over all classes (binary, multiclass)")]
    public double LabelSmoothing { get; init; }

    /// <summary>The exponent γ of the focal loss, by which rows that are predicted well count less; 0 for plain cross-entropy (binary). Probabilities come out too near ½ then.</summary>
    /// <value>Default: 0.</value>
    [Range(0.0, 10.0)]
    [Description("The exponent of the focal loss, by which rows that are predicted well count less, usually 1 to 2; probabilities come out too near 1/2 then (binary)")]
    public double Focal { get; init; }

    /// <summary>Weights of the classes in the loss (binary, multiclass).</summary>
    /// <value>Default: none.</value>
    [Description("Weights of the classes: none, balanced, or a map from class to weight (binary, multiclass)")]
    public ClassWeightOptions ClassWeights { get; init; } = new();

    /// <summary>How the task samples its own training rows (binary).</summary>
    /// <value>Default: all rows, each once.</value>
    [Description("How the task samples its own training rows: a share of the negatives, such as 10%, or a map; predictions are corrected back (binary)")]
    public TaskSamplingOptions Sampling { get; init; } = new();

    /// <summary>The metric that judges the task where one figure is needed.</summary>
    /// <value>Default: auto, by the type: auc for binary, rmse for regression and count, accuracy for multiclass.</value>
    [ConfigNull("auto")]
    [Description("The metric that judges the task where one figure is needed; auto goes by the type")]
    public string? Metric { get; init; }

    /// <summary>The loss, auto being resolved by the type.</summary>
    public TaskLoss ResolvedLoss => Loss != TaskLoss.Auto ? Loss : Type switch
    {
        TaskType.Regression => TaskLoss.Squared,
        TaskType.Count => TaskLoss.Poisson,
        _ => TaskLoss.CrossEntropy,
    };

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Type != TaskType.Binary && Positive.Count > 0) yield return (nameof(Positive), "'positive' is for binary tasks; remove it or set 'type: binary'");
        if (Type != TaskType.Multiclass && Classes.Count > 0) yield return (nameof(Classes), "'classes' is for multiclass tasks; remove it or set 'type: multiclass'");
        if (Classes.Count == 1) yield return (nameof(Classes), "one class leaves nothing to predict; list at least two");
        var twice = Classes.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) yield return (nameof(Classes), $"'classes' names '{twice.Key}' twice; each class needs its own name");
        bool classes = Type is TaskType.Binary or TaskType.Multiclass;
        if (!classes && (ClassWeights.Rule != ClassWeightRule.None || ClassWeights.ByClass.Count > 0))
            yield return (nameof(ClassWeights), "'class_weights' is for binary and multiclass tasks; remove it");
        if (!classes && LabelSmoothing > 0) yield return (nameof(LabelSmoothing), "'label_smoothing' is for binary and multiclass tasks; remove it");
        if (Type != TaskType.Binary && Focal > 0) yield return (nameof(Focal), "'focal' is for binary tasks; remove it");
        if (Type != TaskType.Binary && AtMost.Count > 0) yield return (nameof(AtMost), "'at_most' compares probabilities of binary tasks; remove it");
        if (Type != TaskType.Binary && Sampling.KeepRate != 1) yield return (nameof(Sampling), "'sampling' is for binary tasks, since only they have negatives; remove it");
        bool fits = Loss switch
        {
            TaskLoss.Auto => true,
            TaskLoss.CrossEntropy => classes,
            TaskLoss.Poisson => Type == TaskType.Count,
            _ => !classes,
        };
        if (!fits)
        {
            var loss = ConfigWords.Of(Loss);
            var type = ConfigWords.Of(Type);
            var right = classes ? "cross_entropy" : Type == TaskType.Count ? "poisson, squared or huber" : "squared or huber";
            yield return (nameof(Loss), $"the loss {loss} does not fit a {type} task; use {right}");
        }

        var metrics = MetricsOf(Type);
        if (Metric is not null && !metrics.Contains(Metric, StringComparer.Ordinal))
            yield return (nameof(Metric), $"'{Metric}' is not a metric of a {ConfigWords.Of(Type)} task{NearestName.Ask(Metric, metrics)} (they are {string.Join(", ", metrics)})");
        if (Where is not null && RowFilter.Explain(Where) is { } reason) yield return (nameof(Where), reason);
        if (Within is not null && !Duration.TryParse(Within, out _)) yield return (nameof(Within), Duration.Problem(Within));
        if (Absent && Type != TaskType.Binary) yield return (nameof(Absent), "'absent' is for binary tasks; remove it or set 'type: binary'");
    }

    // their formulas are the training room's; the names are part of the configuration's language
    private static string[] MetricsOf(TaskType type) => type switch
    {
        TaskType.Binary => ["auc", "pr_auc", "logloss", "normalized_entropy", "calibration", "ece", "accuracy", "precision", "recall", "f1"],
        TaskType.Regression => ["rmse", "mae", "r2"],
        TaskType.Count => ["rmse", "mae", "poisson_deviance", "r2", "calibration"],
        _ => ["accuracy", "f1", "logloss"],
    };
}
