namespace Sundry.Serving;

/// <summary>How good the data is that a shop sends.</summary>
public sealed record QualityModel
{
    /// <summary>When counting of what is handed in began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>All events by type.</summary>
    public IReadOnlyList<NamedCount> Events { get; init; } = [];

    /// <summary>What was handed in since the start.</summary>
    public required PulseReading Pulse { get; init; }

    /// <summary>Items that events name.</summary>
    public long EventItems { get; init; }

    /// <summary>Of those, items that the shop never described.</summary>
    public long UnknownItems { get; init; }

    /// <summary>Some of them, those with the most events first.</summary>
    public IReadOnlyList<NamedCount> UnknownItemNames { get; init; } = [];

    /// <summary>Users that events name.</summary>
    public long EventUsers { get; init; }

    /// <summary>Of those, users of whom nothing else is known.</summary>
    public long UnknownUsers { get; init; }

    /// <summary>Events without a user.</summary>
    public long AnonymousEvents { get; init; }

    /// <summary>When the newest event happened; null where there is none.</summary>
    public DateTimeOffset? NewestEvent { get; init; }

    /// <summary>Whether events are still being counted: the figures are of those so far.</summary>
    public bool StillCounting { get; init; }
}
