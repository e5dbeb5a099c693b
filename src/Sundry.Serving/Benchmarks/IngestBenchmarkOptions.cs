using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What <see cref="IngestBenchmark"/> and <see cref="IngestSoak"/> send, and where to.</summary>
public sealed record IngestBenchmarkOptions
{
    /// <summary>Events to send, all writers together.</summary>
    /// <value>Default: 300,000.</value>
    public int Events { get; init; } = 300_000;

    /// <summary>Events of one batch.</summary>
    /// <value>Default: 100.</value>
    public int Batch { get; init; } = 100;

    /// <summary>Callers that send side by side, each waiting for the answer before its next batch.</summary>
    /// <value>Default: 8.</value>
    public int Writers { get; init; } = 8;

    /// <summary>Users and items that the events name.</summary>
    /// <value>Default: 100,000.</value>
    public int Names { get; init; } = 100_000;

    /// <summary>Whether events bring random ids of their own, which no index likes; else the store derives them.</summary>
    /// <value>Default: no.</value>
    public bool RandomIds { get; init; }

    /// <summary>The store; a file in the temporary folder, gone afterwards, where null.</summary>
    /// <value>Default: null.</value>
    public string? Store { get; init; }

    /// <summary>Seed of the events.</summary>
    /// <value>Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what cannot be measured.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        Within("events", Events, 1, 1_000_000_000);
        Within("batch", Batch, 1, StoredEvents.MostPerBatch);
        Within("writers", Writers, 1, 1024);
        Within("names", Names, 1, 100_000_000);
    }

    private static void Within(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new InputException($"{name} {value} is not from {least} to {most}");
    }
}
