using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What <see cref="LiveBenchmark"/> makes and measures.</summary>
public sealed record LiveBenchmarkOptions
{
    /// <summary>Events of the shop.</summary>
    /// <value>Default: 300,000.</value>
    public int Events { get; init; } = 300_000;

    /// <summary>Its users, and its items.</summary>
    /// <value>Default: 100,000.</value>
    public int Names { get; init; } = 100_000;

    /// <summary>Batches of 100 events that are told one after the other without a checkpoint, and as many while checkpoints are made.</summary>
    /// <value>Default: 500.</value>
    public int Batches { get; init; } = 500;

    /// <summary>A model's folder, whose counters and histories are kept; none where null.</summary>
    /// <value>Default: null.</value>
    public string? Model { get; init; }

    /// <summary>Seed of the events.</summary>
    /// <value>Default: 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Refuses what cannot be measured.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        Within("events", Events, 1_000, 100_000_000);
        Within("names", Names, 1, 10_000_000);
        Within("batches", Batches, 10, 1_000_000);
    }

    private static void Within(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new InputException($"{name} {value} is not from {least} to {most}");
    }
}
