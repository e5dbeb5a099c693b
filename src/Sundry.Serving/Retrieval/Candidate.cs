namespace Sundry.Serving;

/// <summary>An item that a source proposes.</summary>
/// <param name="Item">Its number.</param>
/// <param name="Score">How much its source is for it; comparable within one source's answer alone.</param>
public readonly record struct Candidate(int Item, float Score);
