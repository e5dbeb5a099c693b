namespace Sundry.Serving;

/// <summary>What of a shop's events can be counted without asking the store.</summary>
internal sealed record ShopCensus
{
    public IReadOnlyList<NamedCount> Events { get; init; } = [];

    public long Items { get; init; }

    public long UnknownItems { get; init; }

    public IReadOnlyList<NamedCount> UnknownItemNames { get; init; } = [];

    public long Users { get; init; }

    public long UnknownUsers { get; init; }

    public long Anonymous { get; init; }

    public DateTimeOffset? Newest { get; init; }
}
