using Sundry.Data;

namespace Sundry.Training;

/// <summary>Whose products <see cref="ProductBenchmark"/> measures, and how.</summary>
public sealed record ProductBenchmarkOptions
{
    /// <summary>The model whose layers are taken.</summary>
    public SyntheticModel Model { get; init; } = new();

    /// <summary>Rows a step; a thread gets its share of them, on however many threads it is measured.</summary>
    /// <value>Default: 1024.</value>
    public int Batch { get; init; } = 1024;

    /// <summary>Threads; one alone is measured beside them.</summary>
    /// <value>Default: one a processor.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Rounds, of which the median counts.</summary>
    /// <value>Default: 9.</value>
    public int Rounds { get; init; } = 9;

    /// <summary>Refuses what cannot be measured.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        Model.Check();
        SyntheticModel.Within("threads", Threads, 1, 1024);
        SyntheticModel.Within("batch", Batch, Threads, 1 << 20);
        SyntheticModel.Within("rounds", Rounds, 1, 1000);
    }
}
