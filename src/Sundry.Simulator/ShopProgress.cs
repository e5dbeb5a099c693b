namespace Sundry.Simulator;

/// <summary>How far a simulation is.</summary>
/// <param name="Rows">Rows written so far.</param>
/// <param name="Total">Rows to write.</param>
public readonly record struct ShopProgress(long Rows, long Total);
