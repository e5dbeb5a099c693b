using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>
/// How a binary task samples its own training rows: a part of its negatives, its positives several times over. The rows stay for the other tasks, and predictions are
/// corrected back, p/(p + (1 − p)/w) with w the negatives kept for each time a positive counts (He et al., 2014). In short form the share of negatives,
/// <c>sampling: 10%</c>.
/// </summary>
[ConfigShorthand(nameof(Negatives))]
public sealed class TaskSamplingOptions : IConfigChecked
{
    /// <summary>The share of the task's negative training rows that it learns from.</summary>
    /// <value>Default: 100%.</value>
    [Description("Share of the task's negative training rows that it learns from; predictions are corrected back")]
    public Share Negatives { get; init; } = new(1);

    /// <summary>How many times each positive training row counts, as if it stood so often in the table.</summary>
    /// <value>Default: 1.</value>
    [Range(1.0, 1e6)]
    [Description("How many times each positive training row counts; predictions are corrected back")]
    public double Positives { get; init; } = 1;

    /// <summary>The factor that sampling leaves on the odds of the negatives; 1 for none.</summary>
    internal double KeepRate => Negatives.Value / Positives;

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Negatives.Value <= 0) yield return (nameof(Negatives), "0% keeps no negative row; keep some, such as 10%");
    }
}
