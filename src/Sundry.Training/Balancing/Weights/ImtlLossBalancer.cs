namespace Sundry.Training;

/// <summary>
/// Impartial losses: Σ e^(s_t) L_t − s_t, with s_t learned beside the model. In the fixed point e^(s_t) = 1 / L_t, so that every weighted loss is 1.
/// Liu et al., <i>Towards impartial multi-task learning</i>, ICLR 2021 (IMTL-L).
/// </summary>
[Balancer("imtl_l", nameof(BalancingOptions.Rate), NeedsPositiveLosses = true)]
public sealed class ImtlLossBalancer : IWeightBalancer
{
    private readonly double[] _scales;
    private readonly ScalarAdam _adam;

    /// <summary>Prepares it.</summary>
    public ImtlLossBalancer(BalancingSetup setup)
    {
        _scales = new double[setup.Tasks.Count];
        _adam = new ScalarAdam(setup.Tasks.Count, setup.Options.Rate ?? 0.01);
    }

    /// <inheritdoc/>
    public double[] State
    {
        get => [.. _scales, .. _adam.State];
        set
        {
            value.AsSpan(0, _scales.Length).CopyTo(_scales);
            value.AsSpan(_scales.Length).CopyTo(_adam.State);
        }
    }

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        for (var t = 0; t < weights.Length; t++)
        {
            weights[t] = Math.Exp(_scales[t]);
            if (step.Has(t)) _adam.Step(t, ref _scales[t], weights[t] * step.Losses[t] - 1);
        }
    }
}
