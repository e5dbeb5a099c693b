using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Which items count as belonging together, and how much is remembered of it.</summary>
public sealed record PairOptions
{
    /// <summary>The types of events that count.</summary>
    public required IReadOnlyList<byte> Types { get; init; }

    /// <summary>Whether items of all of a user's visits belong together; otherwise those of one visit.</summary>
    /// <value>Default: false.</value>
    public bool AcrossVisits { get; init; }

    /// <summary>Items belong together that are at most so far apart in time.</summary>
    /// <value>Default: an hour.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After this time a pair counts half.</summary>
    /// <value>Default: 14 days.</value>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Neighbours that are remembered of an item, at most 255.</summary>
    /// <value>Default: 32.</value>
    public int Neighbours { get; init; } = 32;

    /// <summary>A visitor's last items that a new one is paired with, at most 255.</summary>
    /// <value>Default: 10.</value>
    public int Recent { get; init; } = 10;

    /// <summary>Visitors whose last items are remembered; the one away the longest is forgotten first.</summary>
    /// <value>Default: 100,000.</value>
    public int Visitors { get; init; } = 100_000;

    /// <summary>Views, clicks, carts and purchases of one visit.</summary>
    public static PairOptions CoVisited { get; } = new() { Types = [EventTypes.View, EventTypes.Click, EventTypes.Cart, EventTypes.Purchase] };

    /// <summary>Purchases of one user within a week.</summary>
    public static PairOptions BoughtTogether { get; } = new() { Types = [EventTypes.Purchase], AcrossVisits = true, Window = TimeSpan.FromDays(7), HalfLife = TimeSpan.FromDays(60) };
}
