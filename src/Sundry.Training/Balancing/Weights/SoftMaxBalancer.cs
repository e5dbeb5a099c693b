namespace Sundry.Training;

/// <summary>
/// The smooth maximum μ log Σ exp(L_t / μ) of the losses, or of the losses as shares of their first values: every task is learned, the worst
/// one most. Towards μ = 0 it becomes <c>max</c>.
/// </summary>
[Balancer("soft_max", nameof(BalancingOptions.Mu), nameof(BalancingOptions.Relative))]
public sealed class SoftMaxBalancer : IWeightBalancer
{
    private readonly double _mu;
    private readonly FirstLosses? _first;

    /// <summary>Prepares it.</summary>
    public SoftMaxBalancer(BalancingSetup setup)
    {
        _mu = setup.Options.Mu ?? 0.5;
        if (setup.Options.Relative ?? true) _first = new FirstLosses(setup.Tasks.Count);
    }

    /// <inheritdoc/>
    public double[] State
    {
        get => _first?.Values ?? [];
        set => _first?.Set(value);
    }

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        _first?.Observe(step);
        for (var t = 0; t < weights.Length; t++) weights[t] = step.Has(t) ? step.Losses[t] / Scale(t) / _mu : double.NegativeInfinity;
        Softmax.Of(weights, weights);
        for (var t = 0; t < weights.Length; t++) weights[t] /= Scale(t);
    }

    private double Scale(int task) => _first is not null && _first.Values[task] > 0 ? _first.Values[task] : 1;
}
