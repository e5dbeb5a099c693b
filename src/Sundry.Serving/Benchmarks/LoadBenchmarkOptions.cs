using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What <see cref="LoadBenchmark"/> asks a server for, and how often.</summary>
public sealed record LoadBenchmarkOptions
{
    /// <summary>Where the server listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The key; null where the server asks for none.</summary>
    public string? Key { get; init; }

    /// <summary>What is asked.</summary>
    /// <value>Default: recommend.</value>
    public LoadKind Kind { get; init; } = LoadKind.Recommend;

    /// <summary>Requests a second that begin whether or not earlier ones have ended (an open loop); 0: each client begins its next as soon as its last has ended (a closed loop).</summary>
    /// <value>Default: 200.</value>
    public double Rate { get; init; } = 200;

    /// <summary>In a closed loop the clients side by side; in an open one the most requests under way, beyond which one counts as failed without being sent.</summary>
    /// <value>Default: 64.</value>
    public int Clients { get; init; } = 64;

    /// <summary>How long requests count.</summary>
    /// <value>Default: 20 s.</value>
    public double Seconds { get; init; } = 20;

    /// <summary>How long requests are sent before any counts.</summary>
    /// <value>Default: 5 s.</value>
    public double WarmUp { get; init; } = 5;

    /// <summary>Items of an answer, candidates to rank, or events of a batch.</summary>
    /// <value>Default: 20, 100 and 100.</value>
    public int? Count { get; init; }

    /// <summary>Seed of who asks, and for what.</summary>
    /// <value>Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Items of an answer, candidates to rank, or events of a batch.</summary>
    internal int Size => Count ?? (Kind == LoadKind.Recommend ? 20 : 100);

    /// <summary>Refuses what cannot be measured.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https")) throw new InputException($"'{Url}' is no address of a server; write one such as http://127.0.0.1:8080");
        if (Rate is not (>= 0 and <= 1_000_000)) throw new InputException($"rate {Rate} is not from 0 to 1000000 requests a second");
        if (Clients is < 1 or > 10_000) throw new InputException($"clients {Clients} is not from 1 to 10000");
        if (Seconds is not (> 0 and <= 86_400)) throw new InputException($"seconds {Seconds} is not above 0 and at most 86400");
        if (WarmUp is not (>= 0 and <= 3600)) throw new InputException($"warm-up {WarmUp} is not from 0 to 3600 seconds");
        if (Count is < 1 or > 1000) throw new InputException($"count {Count} is not from 1 to 1000");
    }
}
