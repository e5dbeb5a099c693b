namespace Sundry.Training;

/// <summary>The sum of the losses: every weight is 1.</summary>
[Balancer("equal")]
public sealed class EqualBalancer : IBalancer
{
    /// <inheritdoc/>
    public void Weigh(ReadOnlySpan<double> losses, ReadOnlySpan<double> taskWeights, Span<double> weights) => weights.Fill(1);
}
