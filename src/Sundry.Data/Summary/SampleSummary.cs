namespace Sundry.Data;

/// <summary>The rows of one source that were made of a log.</summary>
/// <param name="Source">The source.</param>
/// <param name="Kind">Which rows, in the configuration's words.</param>
/// <param name="ValidationFrom">By time: the moment from which rows are no training rows, Unix milliseconds; null where rows are not split by time, or all are training rows.</param>
/// <param name="TestFrom">By time: the moment from which rows are test rows; null where there are none.</param>
/// <param name="Drawn">The share of the negatives that might have been that was drawn; 1 where none were.</param>
/// <param name="Tasks">Its tasks whose label is an event.</param>
public sealed record SampleSummary(string Source, string Kind, long? ValidationFrom, long? TestFrom, double Drawn, IReadOnlyList<SampleTaskSummary> Tasks);
