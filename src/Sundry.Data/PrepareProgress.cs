namespace Sundry.Data;

/// <summary>How far preparing has come.</summary>
/// <param name="Stage"><c>reading</c>, <c>fitting</c> or <c>encoding</c>.</param>
/// <param name="Rows">Rows done in this stage.</param>
/// <param name="Share">The share of the stage that is done, 0..1.</param>
public readonly record struct PrepareProgress(string Stage, long Rows, double Share);
