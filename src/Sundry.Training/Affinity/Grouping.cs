namespace Sundry.Training;

/// <summary>A division of tasks among models.</summary>
/// <param name="Groups">The tasks of each model, in the tasks' order.</param>
/// <param name="Score">Σ over tasks of the mean affinity of the others of its group onto it; a task alone counts 0.</param>
/// <param name="Exact">Whether every division into so many groups was looked at.</param>
public sealed record Grouping(IReadOnlyList<IReadOnlyList<string>> Groups, double Score, bool Exact);
