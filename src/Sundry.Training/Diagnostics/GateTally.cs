using Sundry.Data;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>Adds up, batch by batch, how a model's gates spread their weight over experts.</summary>
/// <param name="model">The model.</param>
/// <param name="capacity">The most rows of a batch.</param>
internal sealed class GateTally(MultiTaskModel model, int capacity)
{
    private readonly double[][] _sums = [.. model.Gates.Select(g => new double[g.Weights.Width])];
    private readonly double[] _entropies = new double[model.Gates.Count];
    private readonly float[][] _rows = [.. model.Gates.Select(g => new float[capacity * g.Weights.Width])];
    private long _count;

    /// <summary>Adds the rows of a predictor's last run.</summary>
    public void Add(Predictor predictor, Batch batch)
    {
        _count += batch.Count;
        for (var g = 0; g < model.Gates.Count; g++)
        {
            var width = model.Gates[g].Weights.Width;
            predictor.Copy(model.Gates[g].Weights, _rows[g]);
            for (var i = 0; i < batch.Count * width; i++)
            {
                double weight = _rows[g][i];
                _sums[g][i % width] += weight;
                if (weight > 0) _entropies[g] -= weight * Math.Log(weight);
            }
        }
    }

    /// <summary>What was added; empty where no row was, or the model has no gates.</summary>
    public IReadOnlyList<GateUse> Uses() => _count == 0
        ? []
        : [.. model.Gates.Select((gate, g) => new GateUse(gate.Level, gate.Owner, gate.Experts, [.. _sums[g].Select(s => s / _count)], _entropies[g] / _count))];
}
