using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Data;

/// <summary>
/// Training on a part of the negative rows of a binary task. Predictions are corrected back, p/(p + (1 − p)/w) with w the part kept (He et al.,
/// "Practical Lessons from Predicting Clicks on Ads at Facebook", 2014). Validation and test rows are never thinned.
/// </summary>
public sealed class SamplingOptions : IConfigChecked
{
    /// <summary>The binary task whose negatives are thinned.</summary>
    [Required]
    [Description("The binary task whose negative rows are thinned")]
    public string Task { get; init; } = "";

    /// <summary>The share of its negative training rows that is kept.</summary>
    [Required]
    [Description("Share of the negative training rows that is kept; predictions are corrected back")]
    public Share Negatives { get; init; } = new(1);

    /// <inheritdoc/>
    public IEnumerable<(string Property, string Message)> Check()
    {
        if (Negatives.Value <= 0) yield return (nameof(Negatives), "0% keeps no negative row; keep some, such as 10%");
    }
}
