namespace Sundry.Simulator;

/// <summary>What a simulation wrote.</summary>
/// <param name="Train">Counts of the earlier days.</param>
/// <param name="Test">Counts of the last days.</param>
public sealed record ShopSummary(OutcomeCounts Train, OutcomeCounts Test);
