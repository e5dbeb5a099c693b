namespace Sundry.Data;

/// <summary>Where the rows of one source lie in a table.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="First">Its first row.</param>
/// <param name="Count">Its rows, one behind the other.</param>
public readonly record struct SourceRange(string Source, int First, int Count);
