namespace Sundry.Serving;

/// <summary>An item in a user's list.</summary>
/// <param name="Item">The item's number in the log.</param>
/// <param name="Score">The value that the list is ordered by.</param>
/// <param name="Outputs">[main tasks] what each task's output is: a probability, a value, an expected count, or the likeliest class's number.</param>
/// <param name="Source">Who put it forward: recommenders joined by a bar, or <c>catalogue</c>.</param>
/// <param name="Reasons">Why, as true statements; may be empty.</param>
public sealed record Recommendation(int Item, double Score, float[] Outputs, string Source, IReadOnlyList<string> Reasons);
