namespace Sundry.Serving;

/// <summary>What an item's events come to.</summary>
/// <param name="Events">How many, by type, the most first.</param>
/// <param name="Weeks">How many of them were more than impressions, by week, the oldest first.</param>
/// <param name="Rank">Its place among all items, from 1; null where nobody did more than see it.</param>
internal sealed record ItemStanding(IReadOnlyList<NamedCount> Events, IReadOnlyList<double> Weeks, int? Rank);
