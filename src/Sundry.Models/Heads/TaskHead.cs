using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>The end of one task: from its tower to logits, its loss, and from logits to what people read.</summary>
public sealed class TaskHead
{
    private readonly float _mean;
    private readonly float _deviation;

    internal TaskHead(Builder net, TaskSchema task, int column, Node logits, IReadOnlyList<int> before)
    {
        Task = task;
        Column = column;
        Outputs = logits.Width;
        Before = [.. before];
        (_mean, _deviation) = task.Type is TaskType.Regression || (task.Type == TaskType.Count && task.Loss is "squared" or "huber")
            ? ((float)task.LabelMean, (float)task.LabelDeviation)
            : (0, 1);
        Logits = logits;
        Label = net.Label(task);
        Weight = net.Graph.Input($"weight/{task.Name}", 1);
        Loss = CreateLoss();
    }

    /// <summary>The task.</summary>
    public TaskSchema Task { get; }

    /// <summary>The task's column among a batch's labels.</summary>
    public int Column { get; }

    /// <summary>Logits a row: the number of classes for multiclass, else 1.</summary>
    public int Outputs { get; }

    /// <summary>[rows, outputs].</summary>
    public Node Logits { get; }

    /// <summary>The task's loss.</summary>
    public Loss Loss { get; }

    internal Node Label { get; }

    /// <summary>Label columns of events without which this one cannot have happened: a row that says otherwise teaches nothing.</summary>
    internal int[] Before { get; }

    internal Node Weight { get; }

    /// <summary>The label as the loss wants it: regressions are learned in standard deviations from the mean of the training rows.</summary>
    internal float Target(float label) => (label - _mean) / _deviation;

    /// <summary>
    /// Turns logits into predictions in place: a probability (corrected for down-sampled negatives), one probability a class, a value in
    /// the label's own unit, or an expected count.
    /// </summary>
    public void Predict(Span<float> logits)
    {
        if (Task.Type == TaskType.Multiclass)
        {
            for (var at = 0; at < logits.Length; at += Outputs) Softmax(logits.Slice(at, Outputs));
            return;
        }

        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = Task.Type switch
            {
                TaskType.Binary => Probability(logits[i]),
                TaskType.Count when Task.Loss is not ("squared" or "huber") => MathF.Exp(logits[i]),
                TaskType.Count => MathF.Max(0, logits[i] * _deviation + _mean),
                _ => logits[i] * _deviation + _mean,
            };
        }
    }

    // p' = p / (p + (1 − p) / w), in terms of the logit: z' = z + ln w
    private float Probability(float logit) => (float)(1 / (1 + Math.Exp(-(logit + Math.Log(Task.NegativeKeepRate)))));

    private static void Softmax(Span<float> z)
    {
        var greatest = float.NegativeInfinity;
        foreach (var value in z) greatest = MathF.Max(greatest, value);
        var sum = 0.0;
        foreach (ref var value in z)
        {
            value = MathF.Exp(value - greatest);
            sum += value;
        }

        foreach (ref var value in z) value = (float)(value / sum);
    }

    /// <summary>Where a head's bias begins: at the base rate, which it then need not spend its first epochs on finding.</summary>
    internal static float Start(TaskSchema task, double mean) => task.Type switch
    {
        TaskType.Binary => (float)Logit(Math.Clamp(mean, 1e-6, 1 - 1e-6)),
        TaskType.Count when task.Loss is not ("squared" or "huber") => (float)Math.Log(Math.Max(mean, 1e-6)),
        _ => 0,
    };

    /// <summary>Logits a row of a task.</summary>
    internal static int Width(TaskSchema task) => task.Type == TaskType.Multiclass ? task.Classes.Count : 1;

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private Loss CreateLoss() => (Task.Type, Task.Loss) switch
    {
        (TaskType.Binary, _) when Task.Focal > 0 || Task.LabelSmoothing > 0 => new FocalLoss(Task.Name, Logits, Label, Weight, Task.Focal, Task.LabelSmoothing),
        (TaskType.Multiclass, _) when Task.LabelSmoothing > 0 => new SmoothedCrossEntropy(Task.Name, Logits, Label, Weight, Task.LabelSmoothing),
        (TaskType.Binary, _) => new BinaryCrossEntropy(Task.Name, Logits, Label, Weight),
        (TaskType.Multiclass, _) => new CrossEntropy(Task.Name, Logits, Label, Weight),
        (_, "huber") => new HuberLoss(Task.Name, Logits, Label, Weight, Task.Delta),
        (TaskType.Count, not "squared") => new PoissonLoss(Task.Name, Logits, Label, Weight),
        _ => new SquaredError(Task.Name, Logits, Label, Weight),
    };
}
