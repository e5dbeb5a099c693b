using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What <see cref="ServeSoak"/> does to a server.</summary>
public sealed record ServeSoakOptions
{
    /// <summary>The store: a new file, or <c>postgres://…</c> with a new schema.</summary>
    public required string Store { get; init; }

    /// <summary>How often the server is killed.</summary>
    /// <value>Default: 200.</value>
    public int Cycles { get; init; } = 200;

    /// <summary>Clients that tell, change and ask side by side, each waiting for its answer.</summary>
    /// <value>Default: 4.</value>
    public int Clients { get; init; } = 4;

    /// <summary>Events of a batch.</summary>
    /// <value>Default: 20.</value>
    public int Batch { get; init; } = 20;

    /// <summary>Items of each client.</summary>
    /// <value>Default: 40.</value>
    public int Items { get; init; } = 40;

    /// <summary>Users of whom all clients tell.</summary>
    /// <value>Default: 100.</value>
    public int Users { get; init; } = 100;

    /// <summary>How long a server is let live at most once it is ready.</summary>
    /// <value>Default: 1.5 s.</value>
    public TimeSpan LongestRun { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Within what time of its start a server must be ready.</summary>
    /// <value>Default: 5 s.</value>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Seed of what clients do and of the moments of the kills.</summary>
    /// <value>Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public void Check()
    {
        if (Cycles is < 1 or > 100_000 || Clients is < 1 or > 64 || Batch is < 1 or > 1_000 || Items is < 5 or > 10_000 || Users is < 1 or > 1_000_000)
            throw new InputException("a soak of a server takes 1 to 100000 kills, 1 to 64 clients, batches of 1 to 1000 events, 5 to 10000 items a client and 1 to 1000000 users; change --kill, --clients, --batch, --items or --users");
        if (ReadyWithin <= TimeSpan.Zero || LongestRun <= TimeSpan.Zero || LongestRun > TimeSpan.FromHours(1)) throw new InputException("a server must be let live and start for more than no time");
    }
}
