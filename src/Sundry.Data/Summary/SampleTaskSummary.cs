namespace Sundry.Data;

/// <summary>Where a task's label comes from whose rows were made of a log.</summary>
/// <param name="Name">The task.</param>
/// <param name="Event">The type of event that its label is about.</param>
/// <param name="Within">The length of its window in milliseconds; 0 where the label is of the row's own event.</param>
/// <param name="Open">Rows whose window is not over when the log ends.</param>
/// <param name="Masked">Whether those have no label; otherwise they count as what happened so far.</param>
public sealed record SampleTaskSummary(string Name, string Event, long Within, long Open, bool Masked);
