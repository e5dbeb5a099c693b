using Sundry.Data;

namespace Sundry.Training;

/// <summary>What <see cref="ScoreBenchmark"/> scores, and how often.</summary>
public sealed record ScoreBenchmarkOptions
{
    /// <summary>The model.</summary>
    public SyntheticModel Model { get; init; } = new();

    /// <summary>Rows of one call; each number is measured by itself.</summary>
    /// <value>Default: 1, 100, 500.</value>
    public IReadOnlyList<int> Candidates { get; init; } = [1, 100, 500];

    /// <summary>The first so many fields are the same for all candidates of a call: those of the user and the moment.</summary>
    /// <value>Default: 0.</value>
    public int SharedFields { get; init; }

    /// <summary>Threads that a call's rows are divided among.</summary>
    /// <value>Default: 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Calls that count, of each number of candidates.</summary>
    /// <value>Default: 400.</value>
    public int Rounds { get; init; } = 400;

    /// <summary>Refuses what cannot be measured.</summary>
    /// <exception cref="InputException">A number is out of its range.</exception>
    public void Check()
    {
        Model.Check();
        if (Candidates.Count == 0) throw new InputException("no number of candidates was given; write candidates such as 1,100,500");
        foreach (var candidates in Candidates) SyntheticModel.Within("candidates", candidates, 1, 1 << 20);
        if (SharedFields < 0 || SharedFields > Model.Fields)
            throw new InputException($"shared-fields {SharedFields} is not from 0 to {Model.Fields}, the number of fields");
        SyntheticModel.Within("threads", Threads, 1, 1024);
        SyntheticModel.Within("rounds", Rounds, 1, 10_000_000);
    }
}
