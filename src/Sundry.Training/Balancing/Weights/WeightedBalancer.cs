namespace Sundry.Training;

/// <summary>The weighted sum of the losses, by the weights of the configuration.</summary>
/// <param name="setup">The tasks.</param>
[Balancer("weighted", TakesWeights = true, ServesOne = true)]
public sealed class WeightedBalancer(BalancingSetup setup) : IWeightBalancer
{
    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights) => setup.Weights.CopyTo(weights);
}
