namespace Sundry.Training;

/// <summary>What one epoch did.</summary>
/// <param name="Epoch">Its number, counted from 1.</param>
/// <param name="TrainLoss">By task: the mean training loss over the epoch's steps.</param>
/// <param name="Validation">By task, then metric: the value on validation; NaN is undefined.</param>
/// <param name="LearningRate">The rate of the epoch's last step.</param>
/// <param name="Seconds">How long the epoch took, validation included.</param>
/// <param name="Score">What early stopping watches, turned so that more is better; NaN is undefined.</param>
/// <param name="TrainingSeconds">How long its training steps took.</param>
/// <param name="Weights">By task: the mean weight that balancing gave it over the epoch's steps; null where it was not recorded.</param>
/// <param name="Gradients">What the tasks' gradients were like in the steps that were looked at; null where none was.</param>
/// <param name="Gates">How the gates used the experts on the validation rows; null where it was not recorded or there are no gates.</param>
public sealed record EpochRecord(
    int Epoch,
    IReadOnlyDictionary<string, double> TrainLoss,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Validation,
    double LearningRate,
    double Seconds,
    double Score = double.NaN,
    double TrainingSeconds = 0,
    IReadOnlyDictionary<string, double>? Weights = null,
    GradientRecord? Gradients = null,
    IReadOnlyList<GateUse>? Gates = null);
