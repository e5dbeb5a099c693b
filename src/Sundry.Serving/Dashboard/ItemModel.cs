namespace Sundry.Serving;

/// <summary>What is known of an item.</summary>
public sealed record ItemModel
{
    /// <summary>Its id.</summary>
    public required string Item { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What the shop says of it; empty where it was never described.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    /// <summary>Whether the shop hides it.</summary>
    public bool Hidden { get; init; }

    /// <summary>How many there are to sell; infinite where nobody counts.</summary>
    public double Stock { get; init; } = double.PositiveInfinity;

    /// <summary>Its events by type.</summary>
    public IReadOnlyList<NamedCount> Events { get; init; } = [];

    /// <summary>Its events by week, the oldest first, without impressions.</summary>
    public IReadOnlyList<double> Weeks { get; init; } = [];

    /// <summary>Its place among all items by what was looked at, put into carts and bought, from 1; null where nobody did.</summary>
    public int? Rank { get; init; }

    /// <summary>How many items there are.</summary>
    public long Items { get; init; }

    /// <summary>What is like it, or goes with it; null where that could not be said.</summary>
    public ListedAnswer? Similar { get; init; }
}
