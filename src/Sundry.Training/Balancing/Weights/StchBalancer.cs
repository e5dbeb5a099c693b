namespace Sundry.Training;

/// <summary>
/// Smooth Tchebycheff: μ T log Σ exp(log(L_t / n_t) / μ), n_t being the mean loss of the last warm-up epoch; before that Σ log L_t. Lin et al.,
/// <i>Smooth Tchebycheff scalarization for multi-objective optimization</i>, ICML 2024.
/// </summary>
[Balancer("stch", nameof(BalancingOptions.Mu), nameof(BalancingOptions.WarmUp), NeedsPositiveLosses = true)]
public sealed class StchBalancer : IWeightBalancer
{
    private const double Least = 1e-12;

    private readonly double _mu;
    private readonly int _warmUp;
    private readonly double[] _nadir;

    /// <summary>Prepares it.</summary>
    public StchBalancer(BalancingSetup setup)
    {
        _mu = setup.Options.Mu ?? 1;
        _warmUp = setup.Options.WarmUp ?? 1;
        _nadir = [.. setup.Tasks.Select(_ => 1.0)];
    }

    /// <inheritdoc/>
    public double[] State
    {
        get => _nadir;
        set => value.CopyTo(_nadir, 0);
    }

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        var present = step.Present();
        for (var t = 0; t < weights.Length; t++)
            weights[t] = !step.Has(t) ? double.NegativeInfinity : step.Epoch <= _warmUp ? 0 : Math.Log((step.Losses[t] + Least) / _nadir[t]) / _mu;
        Softmax.Of(weights, weights);
        // in the warm-up all of them are 1 / present, and what is left is the gradient of Σ log L
        for (var t = 0; t < weights.Length; t++) weights[t] *= present / (step.Losses[t] + Least);
    }

    /// <inheritdoc/>
    public void EndEpoch(int epoch, ReadOnlySpan<double> losses)
    {
        if (epoch != _warmUp) return;
        for (var t = 0; t < losses.Length; t++)
            if (losses[t] > 0)
                _nadir[t] = losses[t];
    }
}
