namespace Sundry.Data;

/// <summary>What a column is taken for, and why.</summary>
/// <param name="Options">How it becomes a feature; null: it is left out.</param>
/// <param name="Note">Why, in a few words: <c>52 distinct, 0.3 % missing</c>.</param>
/// <param name="Markers">Texts that seem to mean that a number is missing, beyond those that are known to.</param>
public sealed record FeatureVerdict(FeatureOptions? Options, string Note, IReadOnlyList<string> Markers);
