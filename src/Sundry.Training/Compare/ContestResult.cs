namespace Sundry.Training;

/// <summary>What a contestant predicted on the judging rows: test where there are any, else validation.</summary>
/// <param name="Contestant">Who.</param>
/// <param name="Predictions">By task, in the configuration's order.</param>
/// <param name="Seconds">Time of training; single-task models together.</param>
/// <param name="Parameters">Trained weights; single-task models together.</param>
public sealed record ContestResult(Contestant Contestant, IReadOnlyList<TaskPredictions> Predictions, double Seconds, long Parameters);
