namespace Sundry.Training;

/// <summary>An item with its score.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Score">Its score.</param>
public readonly record struct ScoredItem(int Item, float Score);
