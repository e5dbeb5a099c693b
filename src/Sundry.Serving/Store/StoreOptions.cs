namespace Sundry.Serving;

/// <summary>How a store is opened.</summary>
public sealed record StoreOptions
{
    /// <summary>The clock: it stamps what is written and tells which events lie in the future and which answers have expired.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Which events are refused.</summary>
    public EventRules Rules { get; init; } = new();

    /// <summary>How long a statement waits for a database that somebody else has locked, and a connection for its server.</summary>
    /// <value>Default: 5 s.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a waiting follower looks by itself, for changes that nobody told it of.</summary>
    /// <value>Default: 1 s.</value>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most events, or other rows, that may wait to be written; more are turned away.</summary>
    /// <value>Default: 50,000.</value>
    public int MostWaiting { get; init; } = 50_000;

    /// <summary>The most events, or other rows, that are committed together.</summary>
    /// <value>Default: 2,000.</value>
    public int MostPerCommit { get; init; } = 2_000;

    /// <summary>Called before the store talks to its database; what it throws is taken for the database's own.</summary>
    internal Action<StoreStep>? Before { get; init; }

    /// <summary>The version to bring the tables to; older ones are for tests alone.</summary>
    internal int Version { get; init; } = StoreMigrations.Newest;
}
