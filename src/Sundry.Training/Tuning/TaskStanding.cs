namespace Sundry.Training;

/// <summary>One task of a trial on the validation rows, beside its single-task model after the same number of epochs.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Metric">The metric that judges it.</param>
/// <param name="Value">The trial's value.</param>
/// <param name="Alone">The single-task model's.</param>
/// <param name="Gain">The relative gain, Δ; below 0 is a loss.</param>
/// <param name="Low">Lower end of the 95 % interval of the difference, in the metric's unit.</param>
/// <param name="High">Upper end.</param>
/// <param name="Verdict">Whether the interval is on one side of 0.</param>
public sealed record TaskStanding(string Task, string Metric, double Value, double Alone, double Gain, double Low, double High, Verdict Verdict)
{
    /// <summary>A difference in these words.</summary>
    public static TaskStanding Of(string task, MetricDifference difference) => new(
        task, difference.Metric, difference.Model, difference.Reference,
        NegativeTransfer.Delta(difference.Metric, difference.Model, difference.Reference), difference.Low, difference.High, difference.Verdict);

    /// <summary>The mean gain over tasks, and by how much those that lose do.</summary>
    public static TrialScore Score(IEnumerable<TaskStanding> standings)
    {
        var all = standings.ToList();
        return new(NegativeTransfer.Mean([.. all.Select(t => t.Gain)]), all.Where(t => t.Verdict == Verdict.Loses).Sum(t => double.IsNaN(t.Gain) ? Math.Abs(t.Value - t.Alone) : -t.Gain));
    }
}
