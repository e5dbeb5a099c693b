namespace Sundry.Data;

/// <summary>A column that is taken for a label.</summary>
/// <param name="Column">The column.</param>
/// <param name="Options">The task on it.</param>
/// <param name="Note">Why, in a few words.</param>
internal sealed record LabelGuess(ColumnProfile Column, TaskOptions Options, string Note);
