namespace Sundry.Training;

/// <summary>
/// How much a task wins or loses by being learned together: Δ = s (M − M_single) / |M_single| with s = 1 where more is better and
/// −1 where less is. Below 0 is negative transfer.
/// </summary>
public static class NegativeTransfer
{
    /// <summary>One task's relative gain; NaN (undefined) where either value is, or the single-task value is 0.</summary>
    /// <param name="metric">The metric's name; for the calibration ratio the distances from 1 are compared.</param>
    /// <param name="together">Its value in the multi-task model.</param>
    /// <param name="alone">Its value in the single-task model at equal data, features and budget.</param>
    public static double Delta(string metric, double together, double alone)
    {
        double gain = TaskMetrics.Goodness(metric, together) - TaskMetrics.Goodness(metric, alone);
        double scale = Math.Abs(TaskMetrics.Goodness(metric, alone));
        return scale > 0 ? gain / scale : double.NaN;
    }

    /// <summary>The mean over the tasks that have a value; NaN where none has.</summary>
    public static double Mean(params ReadOnlySpan<double> deltas) => SeedSummary.Of(deltas).Mean;
}
