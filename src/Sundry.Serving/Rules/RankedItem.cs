namespace Sundry.Serving;

/// <summary>A candidate that may be shown.</summary>
/// <param name="Item">Its number.</param>
/// <param name="Score">Its score after boosts.</param>
/// <param name="Notes">What an answer with it says of it.</param>
/// <param name="Relaxed">What must give way for it.</param>
/// <param name="Facts">Its attributes.</param>
internal readonly record struct RankedItem(int Item, double Score, RuleNotes Notes, RuleNotes Relaxed, Facts Facts);
