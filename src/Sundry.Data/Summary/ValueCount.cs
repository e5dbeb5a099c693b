namespace Sundry.Data;

/// <summary>A value and how many rows hold it.</summary>
/// <param name="Value">The value as written in the file.</param>
/// <param name="Count">Its rows.</param>
public sealed record ValueCount(string Value, long Count);
