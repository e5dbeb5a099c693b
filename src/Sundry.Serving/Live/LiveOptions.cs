namespace Sundry.Serving;

/// <summary>How a shop is followed, and how much of it is kept in memory.</summary>
public sealed record LiveOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What makes an item popular.</summary>
    public PopularityOptions Popularity { get; init; } = new();

    /// <summary>What makes an item popular just now.</summary>
    /// <value>Default: as <see cref="Popularity"/>, halving every three hours.</value>
    public PopularityOptions Trends { get; init; } = new() { HalfLife = TimeSpan.FromHours(3) };

    /// <summary>Which items are visited together.</summary>
    public PairOptions CoVisited { get; init; } = PairOptions.CoVisited;

    /// <summary>Which items are bought together.</summary>
    public PairOptions BoughtTogether { get; init; } = PairOptions.BoughtTogether;

    /// <summary>How many of the items that came last are proposed as new.</summary>
    /// <value>Default: 500.</value>
    public int NewItems { get; init; } = 500;

    /// <summary>Visitors whose last events are kept in memory; the one who was not asked for longest goes first, and is read from the store when asked for again.</summary>
    /// <value>Default: 50,000.</value>
    public int Visitors { get; init; } = 50_000;

    /// <summary>A visitor's last events that count for what was seen and bought; impressions are not among them.</summary>
    /// <value>Default: 200.</value>
    public int VisitorEvents { get; init; } = 200;

    /// <summary>Visits that are told apart; the one away the longest is forgotten first, and is a new one when it goes on.</summary>
    /// <value>Default: 100,000.</value>
    public int Visits { get; init; } = 100_000;

    /// <summary>How often the state is saved; never by itself where it is zero or less.</summary>
    /// <value>Default: 5 minutes.</value>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a rebuild for categories that changed may wait, so that many changes make one. A rebuild for a user who was forgotten never waits.</summary>
    /// <value>Default: 10 minutes.</value>
    public TimeSpan RebuildAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a store that could not be read is left alone.</summary>
    /// <value>Default: 1 second.</value>
    public TimeSpan RestAfterFault { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Events that are read from the store at once.</summary>
    /// <value>Default: 20,000.</value>
    public int PageSize { get; init; } = 20_000;

    /// <summary>Events that are applied while answers wait; fewer make shorter waits.</summary>
    /// <value>Default: 256.</value>
    public int AppliedAtOnce { get; init; } = 256;
}
