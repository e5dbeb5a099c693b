using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Homoscedastic uncertainty: Σ e^(−s_t) L_t + s_t / 2, with e^(−s_t) L_t / 2 where L_t is a squared error, and s_t = log σ_t² learned beside
/// the model. Kendall, Gal and Cipolla, <i>Multi-task learning using uncertainty to weigh losses</i>, CVPR 2018. In the fixed point e^(−s_t) = 1 / (2 L_t),
/// or 1 / L_t for a squared error.
/// </summary>
[Balancer("uncertainty", nameof(BalancingOptions.Rate), NeedsPositiveLosses = true)]
public sealed class UncertaintyBalancer : IWeightBalancer
{
    private readonly double[] _logVariances;
    private readonly double[] _halves;
    private readonly ScalarAdam _adam;

    /// <summary>Prepares it.</summary>
    public UncertaintyBalancer(BalancingSetup setup)
    {
        _logVariances = new double[setup.Tasks.Count];
        // a Gaussian's likelihood has e² / 2; Huber's loss has that half within it
        _halves = [.. setup.Tasks.Select(t => t.Loss != "huber" && (t.Type == TaskType.Regression || t.Loss == "squared") ? 0.5 : 1)];
        _adam = new ScalarAdam(setup.Tasks.Count, setup.Options.Rate ?? 0.01);
    }

    /// <inheritdoc/>
    public double[] State
    {
        get => [.. _logVariances, .. _adam.State];
        set
        {
            value.AsSpan(0, _logVariances.Length).CopyTo(_logVariances);
            value.AsSpan(_logVariances.Length).CopyTo(_adam.State);
        }
    }

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        for (var t = 0; t < weights.Length; t++)
        {
            weights[t] = _halves[t] * Math.Exp(-_logVariances[t]);
            if (step.Has(t)) _adam.Step(t, ref _logVariances[t], 0.5 - weights[t] * step.Losses[t]);
        }
    }
}
