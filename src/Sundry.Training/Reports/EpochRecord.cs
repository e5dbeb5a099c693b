namespace Sundry.Training;

/// <summary>What one epoch of training left behind.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="TrainLoss">Mean training loss per task.</param>
/// <param name="Validation">Metrics on the validation rows: task, then metric. A <c>loss</c> among them is drawn beside the training loss.</param>
/// <param name="LearningRate">The learning rate at its end.</param>
/// <param name="Seconds">How long it took, validation included.</param>
public sealed record EpochRecord(
    int Epoch,
    IReadOnlyDictionary<string, double> TrainLoss,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Validation,
    double LearningRate,
    double Seconds);
