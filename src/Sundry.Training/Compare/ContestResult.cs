namespace Sundry.Training;

/// <summary>What a contestant predicted on the judging rows: test where there are any, else validation.</summary>
/// <param name="Contestant">Who.</param>
/// <param name="Predictions">By task, in the configuration's order.</param>
/// <param name="Seconds">Time of training; single-task models together.</param>
/// <param name="Parameters">Trained weights; single-task models together.</param>
public sealed record ContestResult(Contestant Contestant, IReadOnlyList<TaskPredictions> Predictions, double Seconds, long Parameters)
{
    /// <summary>Those of the weights that are not in embedding tables; 0 where they were not counted.</summary>
    public long DenseParameters { get; init; }
}
