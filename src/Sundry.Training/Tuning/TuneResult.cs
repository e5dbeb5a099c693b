namespace Sundry.Training;

/// <summary>What a search came to.</summary>
/// <param name="Objective">What was made as great as can be.</param>
/// <param name="Epochs">Epochs of each rung.</param>
/// <param name="Space">By setting: what was tried.</param>
/// <param name="Trials">The trials, in the order in which they began.</param>
/// <param name="Results">What they came to, in the order in which it was found.</param>
/// <param name="References">The single-task models.</param>
/// <param name="Finalists">The trials that were confirmed on further seeds, the best first.</param>
/// <param name="Seeds">Seeds of each finalist.</param>
/// <param name="Comparison">Single-task models, then the finalists, on validation over all seeds.</param>
/// <param name="Test">Single-task models, then the winner, on the test rows over all seeds; empty where there are no test rows.</param>
/// <param name="Winner">The trial that was chosen.</param>
/// <param name="Losing">The tasks in which the winner loses on validation against its single-task model.</param>
/// <param name="Ended">Why the search ended, in a sentence.</param>
/// <param name="Seconds">How long it took, earlier parts of a resumed search included.</param>
public sealed record TuneResult(
    string Objective,
    IReadOnlyList<int> Epochs,
    IReadOnlyDictionary<string, string> Space,
    IReadOnlyList<Trial> Trials,
    IReadOnlyList<TrialResult> Results,
    IReadOnlyList<ReferenceResult> References,
    IReadOnlyList<Finalist> Finalists,
    int Seeds,
    IReadOnlyList<ComparisonResult> Comparison,
    IReadOnlyList<ComparisonResult> Test,
    Trial Winner,
    IReadOnlyList<TaskStanding> Losing,
    string Ended,
    double Seconds)
{
    /// <summary>Whether no task loses on validation.</summary>
    public bool FreeOfRegret => Losing.Count == 0;

    /// <summary>What was found, in a sentence or two.</summary>
    public string Finding
    {
        get
        {
            var best = Finalists[0];
            var gain = NegativeTransfer.Mean([.. best.Tasks.Select(t => t.Gain)]);
            var name = Winner.Number == 1 ? "the configuration as it stands (trial 1)" : $"trial {Winner.Number}";
            var seeds = $"over {Seeds} seed{(Seeds == 1 ? "" : "s")} on validation";
            if (FreeOfRegret) return $"No task loses against its single-task model with {name}; its mean gain is {Figures.SignedPercent(gain)} {seeds}{(gain < 0 ? ", so that on the mean nothing is gained over training each alone" : "")}.";
            var losing = string.Join(", ", Losing.Select(t => $"{t.Task} loses {Figures.Percent(Math.Abs(t.Gain))} ({t.Metric} {Figures.Value(t.Value)} against {Figures.Value(t.Alone)} alone)"));
            var sought = Objective == "no-regret" ? $"No trial was free of regret. What came closest is {name}: " : $"The best is {name}, with which a task loses against its single-task model: ";
            return $"{sought}{losing}; its mean gain is {Figures.SignedPercent(gain)} {seeds}.";
        }
    }
}
