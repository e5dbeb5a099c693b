namespace Sundry.Models;

/// <summary>How an average over all rows is estimated from those that were selected.</summary>
public enum CounterfactualEstimator
{
    /// <summary>Inverse propensity scores.</summary>
    Ips,

    /// <summary>Doubly robust: inverse propensity scores on what an imputed error leaves.</summary>
    Dr,
}
