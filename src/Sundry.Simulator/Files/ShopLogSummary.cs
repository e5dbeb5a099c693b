namespace Sundry.Simulator;

/// <summary>What a simulated log holds.</summary>
/// <param name="Events">Events.</param>
/// <param name="Types">Events of each type that occurs, by name.</param>
/// <param name="Sessions">Visits.</param>
/// <param name="Users">Customers, whether they came or not.</param>
/// <param name="Items">Products, whether they were shown or not.</param>
/// <param name="Friendships">Pairs of friends.</param>
/// <param name="Last">The time of the last event, UTC.</param>
public sealed record ShopLogSummary(long Events, IReadOnlyDictionary<string, long> Types, int Sessions, int Users, int Items, int Friendships, DateTime Last);
