using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Sundry.Models;

/// <summary>How the conditional towers of an escm2 learn from the rows that came to be seen.</summary>
public sealed record CounterfactualOptions
{
    /// <summary>Inverse propensity scores, or doubly robust.</summary>
    /// <value>Default: ips.</value>
    [Description("ips: rows weigh the inverse of their chance to be seen; dr: doubly robust, with an imputed error for the rows that were not")]
    public CounterfactualEstimator Estimator { get; init; } = CounterfactualEstimator.Ips;

    /// <summary>Weight of the term in the loss.</summary>
    /// <value>Default: 0.5.</value>
    [Range(0.0, 1e6)]
    [Description("Weight of the term in the loss")]
    public double Weight { get; init; } = 0.5;

    /// <summary>The least chance to be seen that is believed.</summary>
    /// <value>Default: 0.02.</value>
    [Range(1e-6, 1.0)]
    [Description("The least chance to be seen that is believed, so that no row weighs more than its inverse")]
    public double Floor { get; init; } = 0.02;

    /// <summary>Whether the weights of a batch are divided by their mean (ips).</summary>
    /// <value>Default: true.</value>
    [Description("Whether the weights of a batch are divided by their mean, which varies less (ips)")]
    public bool Normalized { get; init; } = true;
}
