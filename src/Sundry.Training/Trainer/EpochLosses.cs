using Sundry.Models;

namespace Sundry.Training;

/// <summary>The mean loss of each task over the rows of an epoch so far, and its mean weight over the steps that had a row of it.</summary>
internal sealed class EpochLosses(MultiTaskModel model)
{
    private readonly double[] _sums = new double[model.Heads.Count];
    private readonly double[] _totals = new double[model.Heads.Count];
    private readonly double[] _weights = new double[model.Heads.Count];
    private readonly long[] _steps = new long[model.Heads.Count];

    /// <summary>Takes in a step: the mean loss of each task over its rows, the weight of those rows, and the weight that balancing gave the task.</summary>
    public void Add(ReadOnlySpan<double> means, ReadOnlySpan<double> totals, ReadOnlySpan<double> weights)
    {
        for (var t = 0; t < _sums.Length; t++)
        {
            _sums[t] += means[t] * totals[t];
            _totals[t] += totals[t];
            if (totals[t] <= 0) continue;
            _weights[t] += weights[t];
            _steps[t]++;
        }
    }

    /// <summary>By task; NaN where no row of the task came.</summary>
    public double[] Values() => [.. _sums.Select((sum, t) => sum / _totals[t])];

    /// <summary>By task; NaN where no row of the task came.</summary>
    public IReadOnlyDictionary<string, double> Means() => ByName(Values());

    /// <summary>By task; NaN where no row of the task came.</summary>
    public IReadOnlyDictionary<string, double> Weights() => ByName([.. _weights.Select((sum, t) => sum / _steps[t])]);

    private Dictionary<string, double> ByName(double[] values) => Enumerable.Range(0, values.Length).ToDictionary(t => model.Heads[t].Task.Name, t => values[t]);
}
