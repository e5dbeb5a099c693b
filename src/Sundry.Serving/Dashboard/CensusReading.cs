namespace Sundry.Serving;

/// <summary>What a census came to.</summary>
internal sealed record CensusReading
{
    /// <summary>The position up to which events were counted.</summary>
    public long Position { get; init; }

    public IReadOnlyList<NamedCount> Events { get; init; } = [];

    public long Items { get; init; }

    public long UnknownItems { get; init; }

    public IReadOnlyList<NamedCount> UnknownItemNames { get; init; } = [];

    public long Users { get; init; }

    public long UnknownUsers { get; init; }

    public long Anonymous { get; init; }

    public DateTimeOffset? Newest { get; init; }
}
