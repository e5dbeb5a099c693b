using Sundry.Data;

namespace Sundry.Tests;

/// <summary>Layouts as small as a test can do with; tasks are called a, b, c …</summary>
internal static class ToyLayout
{
    public static Layout Of(IReadOnlyList<IdField> ids, IReadOnlyList<string> numbers, params TaskType[] tasks) =>
        new(ids, [], numbers, [.. tasks.Select((type, i) => Task($"{(char)('a' + i)}", type))]);

    public static TaskSchema Task(string name, TaskType type) => new(
        name, type,
        type switch { TaskType.Binary => ["no", "yes"], TaskType.Multiclass => ["red", "green", "blue"], _ => [] },
        Weight: 1, Loss: "", Delta: 1, Metric: "", ClassWeights: null, NegativeKeepRate: 1)
    {
        LabelMean = type == TaskType.Binary ? 0.5 : type == TaskType.Count ? 1 : 0,
    };
}
