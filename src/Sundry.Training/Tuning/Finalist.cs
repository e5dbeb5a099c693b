namespace Sundry.Training;

/// <summary>A trial that was trained again with further seeds.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Value">The objective over its seeds.</param>
/// <param name="Regret">By how much tasks lose, where the objective forbids it.</param>
/// <param name="Tasks">Its tasks beside their single-task models, over the seeds of both.</param>
public sealed record Finalist(int Trial, double Value, double Regret, IReadOnlyList<TaskStanding> Tasks)
{
    /// <summary>By which it is chosen.</summary>
    internal TrialScore Score => new(Value, Regret);
}
