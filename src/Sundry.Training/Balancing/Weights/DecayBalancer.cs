using Sundry.Data;

namespace Sundry.Training;

/// <summary>
/// Weights that fall or rise over the training: w_t = ω_t γ_t^k, with ω_t the task's weight and k the epoch or the step. Tang et al.,
/// <i>Progressive layered extraction</i>, RecSys 2020.
/// </summary>
[Balancer("decay", nameof(BalancingOptions.Factors), nameof(BalancingOptions.Per), TakesWeights = true, ServesOne = true)]
public sealed class DecayBalancer : IWeightBalancer
{
    private readonly BalancingSetup _setup;
    private readonly double[] _factors;

    /// <summary>Prepares it.</summary>
    /// <exception cref="InputException">The settings name no factor.</exception>
    public DecayBalancer(BalancingSetup setup)
    {
        _setup = setup;
        if (setup.Options.Factors is not { } factors) throw new InputException("'balancing: decay' needs 'factors', such as {method: decay, factors: {click: 0.9}}");
        _factors = [.. setup.Tasks.Select(t => factors.GetValueOrDefault(t.Name, 1))];
    }

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        double k = _setup.Options.Per == "step" ? step.Step : step.Epoch - 1;
        for (var t = 0; t < weights.Length; t++) weights[t] = _setup.Weights[t] * Math.Pow(_factors[t], k);
    }
}
