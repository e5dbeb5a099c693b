namespace Sundry.Data;

/// <summary>One part of the rows.</summary>
/// <param name="Name"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Rows">Its encoded rows.</param>
/// <param name="Files">The files that it was read from.</param>
public sealed record SplitSummary(string Name, long Rows, IReadOnlyList<string> Files);
