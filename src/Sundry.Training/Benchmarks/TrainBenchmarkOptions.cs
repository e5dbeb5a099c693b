using Sundry.Data;

namespace Sundry.Training;

/// <summary>What <see cref="TrainBenchmark"/> trains, and for how long.</summary>
public sealed record TrainBenchmarkOptions
{
    /// <summary>The model.</summary>
    public SyntheticModel Model { get; init; } = new();

    /// <summary>Rows a step.</summary>
    /// <value>Default: 1024.</value>
    public int Batch { get; init; } = 1024;

    /// <summary>Threads.</summary>
    /// <value>Default: one a processor.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Parts of a batch that are worked on side by side; null for as many as threads.</summary>
    /// <value>Default: null.</value>
    public int? Shards { get; init; }

    /// <summary>Steps a round.</summary>
    /// <value>Default: 60.</value>
    public int Steps { get; init; } = 60;

    /// <summary>Rounds that count; one more goes before them.</summary>
    /// <value>Default: 5.</value>
    public int Rounds { get; init; } = 5;

    /// <summary>How gradients change weights.</summary>
    /// <value>Default: adam.</value>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Refuses what cannot be measured.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        Model.Check();
        SyntheticModel.Within("batch", Batch, 1, 1 << 20);
        SyntheticModel.Within("threads", Threads, 1, 1024);
        SyntheticModel.Within("shards", Shards ?? Threads, 1, 1024);
        SyntheticModel.Within("steps", Steps, 1, 1_000_000);
        SyntheticModel.Within("rounds", Rounds, 1, 1000);
    }
}
