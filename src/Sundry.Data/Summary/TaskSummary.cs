namespace Sundry.Data;

/// <summary>What the parts say about one task.</summary>
/// <param name="Name">The task's name.</param>
/// <param name="Type">Its type, in the configuration's words.</param>
/// <param name="Label">The label's column.</param>
/// <param name="Splits">Its facts in each part.</param>
public sealed record TaskSummary(string Name, string Type, string Label, IReadOnlyList<TaskSplitSummary> Splits);
