namespace Sundry.Training;

/// <summary>What a trial came to on a rung.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Rung">The rung, counted from 0.</param>
/// <param name="Epochs">Epochs that it has trained in all; fewer than the rung's where it stopped early.</param>
/// <param name="BestEpoch">The epoch that is judged.</param>
/// <param name="Seconds">Seconds of this rung.</param>
/// <param name="Parameters">Trained weights.</param>
/// <param name="Value">The objective; NaN where it came to nothing.</param>
/// <param name="Regret">By how much tasks lose, where the objective forbids it.</param>
/// <param name="Tasks">Its tasks.</param>
/// <param name="Failed">Why it came to nothing, or null.</param>
public sealed record TrialResult(
    int Trial, int Rung, int Epochs, int BestEpoch, double Seconds, long Parameters, double Value, double Regret, IReadOnlyList<TaskStanding> Tasks, string? Failed = null)
{
    /// <summary>By which it is ranked.</summary>
    internal TrialScore Score => new(Value, Regret);
}
