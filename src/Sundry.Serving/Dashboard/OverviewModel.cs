namespace Sundry.Serving;

/// <summary>What the dashboard's first page shows.</summary>
public sealed record OverviewModel
{
    /// <summary>The moment that all of it is of.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>When the server started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Whether it answers.</summary>
    public required bool Ready { get; init; }

    /// <summary>Where the store is, without user and password.</summary>
    public required string Store { get; init; }

    /// <summary>How much is in it.</summary>
    public required StoreCounts Counts { get; init; }

    /// <summary>The position up to which answers know the events.</summary>
    public required long Position { get; init; }

    /// <summary>When the newest event happened; null where there is none.</summary>
    public DateTimeOffset? NewestEvent { get; init; }

    /// <summary>The model that answers are scored by; null where there is none.</summary>
    public string? Model { get; init; }

    /// <summary>What the server did lately.</summary>
    public required PulseReading Pulse { get; init; }
}
