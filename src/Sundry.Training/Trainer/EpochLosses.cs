using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>The mean loss of each task over the rows of an epoch so far.</summary>
internal sealed class EpochLosses(MultiTaskModel model)
{
    private readonly double[] _sums = new double[model.Heads.Count];
    private readonly double[] _totals = new double[model.Heads.Count];

    /// <summary>Takes in a step: the mean loss of each task over its rows, and the weight of those rows.</summary>
    public void Add(ReadOnlySpan<double> means, ReadOnlySpan<double> totals)
    {
        for (var t = 0; t < _sums.Length; t++)
        {
            _sums[t] += means[t] * totals[t];
            _totals[t] += totals[t];
        }
    }

    /// <summary>By task; NaN where no row of the task came.</summary>
    public IReadOnlyDictionary<string, double> Means() =>
        Enumerable.Range(0, _sums.Length).ToDictionary(t => model.Heads[t].Task.Name, t => _sums[t] / _totals[t]);

    /// <summary>Says plainly that a training has run away, rather than to go on with weights that are no numbers.</summary>
    public void ThrowIfNotFinite(int epoch)
    {
        for (var t = 0; t < _sums.Length; t++)
            if (!double.IsFinite(_sums[t]))
                throw new InputException($"the loss of task '{model.Heads[t].Task.Name}' is no longer a number in epoch {epoch}; lower 'training.learning_rate' or set 'training.clip: 1'");
    }
}
