namespace Sundry.Training;

/// <summary>
/// Fast adaptive multitask optimization: every task's log loss is to fall alike. With z = softmax(ξ) a step follows Σ z_t log L_t, divided by
/// Σ z_t / L_t; afterwards ξ moves by how much each task's loss on the same batch has fallen. Liu et al., NeurIPS 2023. It costs a second forward walk.
/// </summary>
[Balancer("famo", nameof(BalancingOptions.Rate), nameof(BalancingOptions.Decay), NeedsPositiveLosses = true)]
public sealed class FamoBalancer : IWeightBalancer
{
    private const double Least = 1e-8;

    private readonly double[] _logits;
    private readonly double[] _shares;
    private readonly ScalarAdam _adam;

    /// <summary>Prepares it.</summary>
    public FamoBalancer(BalancingSetup setup)
    {
        _logits = new double[setup.Tasks.Count];
        _shares = new double[setup.Tasks.Count];
        _adam = new ScalarAdam(setup.Tasks.Count, setup.Options.Rate ?? 0.025, setup.Options.Decay ?? 1e-3);
    }

    /// <inheritdoc/>
    public double[] State
    {
        get => [.. _logits, .. _adam.State];
        set
        {
            value.AsSpan(0, _logits.Length).CopyTo(_logits);
            value.AsSpan(_logits.Length).CopyTo(_adam.State);
        }
    }

    /// <inheritdoc/>
    public bool LooksBack => true;

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        Share(step);
        var sum = 0.0;
        for (var t = 0; t < weights.Length; t++) sum += weights[t] = _shares[t] / (step.Losses[t] + Least);
        for (var t = 0; t < weights.Length; t++) weights[t] = sum > 0 ? weights[t] / sum : 0;
    }

    /// <inheritdoc/>
    public void AfterStep(in BalancingStep before, ReadOnlySpan<double> losses)
    {
        Share(before);
        Span<double> fall = stackalloc double[losses.Length];
        var mean = 0.0;
        for (var t = 0; t < losses.Length; t++)
        {
            fall[t] = before.Has(t) ? Math.Log(before.Losses[t] + Least) - Math.Log(losses[t] + Least) : 0;
            mean += _shares[t] * fall[t];
        }

        for (var t = 0; t < losses.Length; t++)
            if (before.Has(t))
                _adam.Step(t, ref _logits[t], _shares[t] * (fall[t] - mean));
    }

    // over the tasks of the batch
    private void Share(in BalancingStep step)
    {
        for (var t = 0; t < _logits.Length; t++) _shares[t] = step.Has(t) ? _logits[t] : double.NegativeInfinity;
        Softmax.Of(_shares, _shares);
    }
}
