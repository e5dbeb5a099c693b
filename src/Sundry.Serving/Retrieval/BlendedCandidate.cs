namespace Sundry.Serving;

/// <summary>A candidate of a blend.</summary>
/// <param name="Item">Its number.</param>
/// <param name="Sources">A bit for each source of the blend that proposed it, the first source in the lowest.</param>
/// <param name="Score">What the first of these sources gave it.</param>
public readonly record struct BlendedCandidate(int Item, uint Sources, float Score);
