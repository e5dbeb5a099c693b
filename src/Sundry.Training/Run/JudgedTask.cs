using Sundry.Data;

namespace Sundry.Training;

/// <summary>A task's predictions and metrics on validation, and on test rows where there are any.</summary>
/// <param name="ValidationRows">Predictions on the validation rows.</param>
/// <param name="Validation">Metrics on them.</param>
/// <param name="TestRows">Predictions on the test rows, or null.</param>
/// <param name="Test">Metrics on them, or null.</param>
public sealed record JudgedTask(TaskPredictions ValidationRows, IReadOnlyList<MetricValue> Validation, TaskPredictions? TestRows, IReadOnlyList<MetricValue>? Test)
{
    /// <summary>The task.</summary>
    public TaskSchema Task => ValidationRows.Task;

    /// <summary>The rows that judge: test where there are any.</summary>
    public TaskPredictions JudgedRows => TestRows ?? ValidationRows;

    internal Curves? Curves() => Training.Curves.Of(Task, JudgedRows.Values, JudgedRows.Labels, JudgedRows.Weights);

    internal IReadOnlyDictionary<string, IReadOnlyDictionary<string, TValue>> Parts<TValue>(Func<MetricValue, TValue> value)
    {
        var parts = new Dictionary<string, IReadOnlyDictionary<string, TValue>> { ["validation"] = Validation.ToDictionary(m => m.Name, value) };
        if (Test is not null) parts["test"] = Test.ToDictionary(m => m.Name, value);
        return parts;
    }
}
