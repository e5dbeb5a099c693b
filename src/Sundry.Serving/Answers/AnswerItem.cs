namespace Sundry.Serving;

/// <summary>An item of an answer.</summary>
public sealed record AnswerItem
{
    /// <summary>No outputs.</summary>
    internal static readonly IReadOnlyDictionary<string, double> NoTasks = new Dictionary<string, double>();

    /// <summary>The item's id.</summary>
    public required string Id { get; init; }

    /// <summary>The value by which it was put in order, after boosts; null where it was not scored.</summary>
    public double? Score { get; init; }

    /// <summary>Each main task's output by name: a probability, a value, or the number of the likeliest class; empty where it was not scored.</summary>
    public IReadOnlyDictionary<string, double> Tasks { get; init; } = NoTasks;

    /// <summary>The sources that proposed it.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Why, as statements that are true of the shop's log.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What rules did to it: <c>pinned</c>, <c>boosted</c>, <c>filled</c>, <c>seen</c>, <c>relaxed</c>.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
