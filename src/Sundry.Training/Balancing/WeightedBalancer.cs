namespace Sundry.Training;

/// <summary>The weighted sum of the losses, by the weights of the configuration.</summary>
[Balancer("weighted")]
public sealed class WeightedBalancer : IBalancer
{
    /// <inheritdoc/>
    public void Weigh(ReadOnlySpan<double> losses, ReadOnlySpan<double> taskWeights, Span<double> weights) => taskWeights.CopyTo(weights);
}
