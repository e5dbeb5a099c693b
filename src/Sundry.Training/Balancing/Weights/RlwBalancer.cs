using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Random loss weighting: the softmax of T standard normal numbers, drawn anew in every step. Lin et al., <i>Reasonable effectiveness of random
/// weighting</i>, TMLR 2022. The weights sum to 1, so that a step is as long as that of <c>mean</c>.
/// </summary>
[Balancer("rlw")]
public sealed class RlwBalancer(BalancingSetup setup) : IWeightBalancer
{
    private readonly ulong _seed = CounterRandom.Derive(setup.Seed, "rlw");

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        for (var t = 0; t < weights.Length; t++) weights[t] = CounterRandom.Normal(_seed, (ulong)(step.Step * weights.Length + t));
        Softmax.Of(weights, weights);
    }
}
