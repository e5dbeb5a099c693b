namespace Sundry.Data;

/// <summary>What the encoder knows of one task; the heads, losses and metrics are built from it.</summary>
/// <param name="Name">The task's name in the configuration.</param>
/// <param name="Type">What it predicts.</param>
/// <param name="Classes">Binary: the negative and the positive value as written in the file; multiclass: the classes in label order; else empty.</param>
/// <param name="Weight">The task's weight in the total loss; 1 unless configured.</param>
/// <param name="Loss">The loss's name; empty for the type's default.</param>
/// <param name="Delta">Where the Huber loss turns from squared to absolute; used by that loss alone.</param>
/// <param name="Metric">The metric that judges the task; empty for the type's default.</param>
/// <param name="ClassWeights">One weight a class (binary: negative, positive), or null.</param>
/// <param name="NegativeKeepRate">
/// The share w of the task's negatives that training rows kept; 1 where none were dropped. A model trained on them overstates the
/// probability; p / (p + (1 − p) / w) corrects it.
/// </param>
public sealed record TaskSchema(
    string Name,
    TaskType Type,
    IReadOnlyList<string> Classes,
    double Weight,
    string Loss,
    double Delta,
    string Metric,
    IReadOnlyList<double>? ClassWeights,
    double NegativeKeepRate)
{
    /// <summary>The mean of the training part's labels (binary: the share of positives); 0 for classes. Heads begin there.</summary>
    public double LabelMean { get; init; }

    /// <summary>The standard deviation of the training part's labels, by which a regression's scale is known; 1 for classes and where all labels are equal.</summary>
    public double LabelDeviation { get; init; } = 1;

    /// <summary>The source whose rows the task is about.</summary>
    public string Source { get; init; } = SourceSchema.Main;

    /// <summary>The rows the task is defined on, as configured; null for all.</summary>
    public string? Where { get; init; }

    /// <summary>The tasks that come before it.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>The tasks whose probability its own should not exceed.</summary>
    public IReadOnlyList<string> AtMost { get; init; } = [];

    /// <summary>Whether it is wanted for itself, rather than to help other tasks to learn.</summary>
    public bool Main { get; init; } = true;

    /// <summary>What part of its gradient it passes on to each block of the model.</summary>
    public GradientOptions Gradient { get; init; } = new();

    /// <summary>The share of a label that is spread evenly over all classes.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The exponent of the focal loss; 0 for none.</summary>
    public double Focal { get; init; }

    /// <summary>A task as far as it is known from its options alone, before any row is read.</summary>
    public static TaskSchema Of(string name, TaskOptions options) =>
        new TaskSchema(name, options.Type, options.Classes, options.Weight, "", options.Delta, "", null, options.Sampling.KeepRate).With(options);

    /// <summary>The same task with what the options say of it, its classes and figures being those that were fitted.</summary>
    internal TaskSchema With(TaskOptions options) => this with
    {
        Weight = options.Weight,
        Loss = ConfigWords.Of(options.ResolvedLoss),
        Delta = options.Delta,
        Metric = options.Metric ?? "",
        Source = options.Source,
        Where = options.Where,
        After = options.After,
        AtMost = options.AtMost,
        Main = options.Main,
        Gradient = options.Gradient,
        LabelSmoothing = options.LabelSmoothing,
        Focal = options.Focal,
    };
}
