namespace Sundry.Serving;

/// <summary>What a server did lately: the last hour by minute, and sums since it started.</summary>
public sealed record PulseReading
{
    /// <summary>The minutes, the oldest first, the present one last.</summary>
    public required IReadOnlyList<PulseMinute> Minutes { get; init; }

    /// <summary>The stages of an answer over these minutes.</summary>
    public IReadOnlyList<PulseTiming> Stages { get; init; } = [];

    /// <summary>The paths of the interface over these minutes.</summary>
    public IReadOnlyList<PulseTiming> Paths { get; init; } = [];

    /// <summary>What was left out of answers, by its word, since the start.</summary>
    public IReadOnlyList<NamedCount> Degraded { get; init; } = [];

    /// <summary>Answers since the start.</summary>
    public long Answers { get; init; }

    /// <summary>Events that were committed since the start, by type.</summary>
    public IReadOnlyList<NamedCount> Accepted { get; init; } = [];

    /// <summary>Events that were there already, since the start.</summary>
    public long Duplicates { get; init; }

    /// <summary>Events that came more than an hour after they happened, since the start.</summary>
    public long Late { get; init; }

    /// <summary>Events that were refused since the start, by reason; names and numbers in the reasons are left out.</summary>
    public IReadOnlyList<NamedCount> Refused { get; init; } = [];
}
