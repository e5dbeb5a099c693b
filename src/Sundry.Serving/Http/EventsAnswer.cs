namespace Sundry.Serving;

/// <summary>What became of the events of a request.</summary>
public sealed record EventsAnswer
{
    /// <summary>For each event of the request, in its order.</summary>
    public required IReadOnlyList<EventAnswer> Events { get; init; }

    /// <summary>How many are in the store now and were not before.</summary>
    public int Accepted { get; init; }

    /// <summary>How many were there already.</summary>
    public int Duplicates { get; init; }

    /// <summary>How many cannot be used.</summary>
    public int Refused { get; init; }
}

/// <summary>What became of one event.</summary>
public sealed record EventAnswer
{
    /// <summary>What became of it.</summary>
    public required EventOutcome Outcome { get; init; }

    /// <summary>Its id, given or derived; null where it was refused without one.</summary>
    public string? Id { get; init; }

    /// <summary>Why it was refused and how to mend it; else null.</summary>
    public string? Reason { get; init; }
}
