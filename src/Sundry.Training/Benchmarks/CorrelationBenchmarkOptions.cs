using Sundry.Data;

namespace Sundry.Training;

/// <summary>What <see cref="CorrelationBenchmark"/> runs.</summary>
public sealed record CorrelationBenchmarkOptions
{
    /// <summary>The correlations, one data set a seed each.</summary>
    /// <value>Default 1, 0.8, 0.6, 0.4, 0.2, 0.</value>
    public IReadOnlyList<double> Correlations { get; init; } = [1, .8, .6, .4, .2, 0];

    /// <summary>Seeds, counted up from 1; a seed is one draw of the weight vectors and the rows.</summary>
    /// <value>Default 3.</value>
    public int Seeds { get; init; } = 3;

    /// <summary>Trainings of each model on each data set, from first weights of their own; the loss of a seed is their mean.</summary>
    /// <value>Default 2.</value>
    public int Repeats { get; init; } = 2;

    /// <summary>Settings of the configuration to override, by path.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Set { get; init; } = [];

    /// <summary>Threads of the training; 0 for one a processor. The result does not depend on it.</summary>
    /// <value>Default 0.</value>
    public int Threads { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="InputException">One is out of its range.</exception>
    public void Validate()
    {
        if (Correlations.Count == 0) throw new InputException("--correlations names none; write --correlations 1,0.5,0");
        foreach (var p in Correlations)
            if (p is not (>= 0 and <= 1)) throw new InputException($"--correlations has {p}, which is not from 0 to 1");
        if (Seeds is < 1 or > 1000) throw new InputException($"--seeds {Seeds} is not from 1 to 1000");
        if (Threads is < 0 or > 1024) throw new InputException($"--threads {Threads} is not from 0 to 1024");
        if (Repeats is < 1 or > 1000) throw new InputException($"--repeats {Repeats} is not from 1 to 1000");
    }
}
