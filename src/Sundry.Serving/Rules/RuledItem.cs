namespace Sundry.Serving;

/// <summary>An item of an answer.</summary>
/// <param name="Item">Its number.</param>
/// <param name="Score">Its score after boosts; NaN where it was no candidate.</param>
/// <param name="Notes">How it came to its place.</param>
public readonly record struct RuledItem(int Item, double Score, RuleNotes Notes);
