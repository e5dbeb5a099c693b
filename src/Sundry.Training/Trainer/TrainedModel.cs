using Sundry.Compute;
using Sundry.Models;

namespace Sundry.Training;

/// <summary>A model with the weights of its best epoch.</summary>
public sealed class TrainedModel : IDisposable
{
    internal TrainedModel(MultiTaskModel model, ParameterStore store, IReadOnlyList<EpochRecord> history, int bestEpoch, long rows)
    {
        Model = model;
        Store = store;
        History = history;
        BestEpoch = bestEpoch;
        var seconds = history.Sum(e => e.TrainingSeconds);
        SamplesPerSecond = seconds > 0 ? rows / seconds : 0;
    }

    /// <summary>The network.</summary>
    public MultiTaskModel Model { get; }

    /// <summary>The weights of <see cref="BestEpoch"/>.</summary>
    public ParameterStore Store { get; }

    /// <summary>Every epoch, those of earlier parts of a resumed training included.</summary>
    public IReadOnlyList<EpochRecord> History { get; }

    /// <summary>The epoch whose weights were kept, counted from 1.</summary>
    public int BestEpoch { get; }

    /// <summary>Training rows a second over all epochs, validation left out.</summary>
    public double SamplesPerSecond { get; }

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();
}
