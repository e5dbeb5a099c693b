namespace Sundry.Training;

/// <summary>The sum of the losses: every weight is 1.</summary>
[Balancer("equal")]
public sealed class EqualBalancer : IWeightBalancer
{
    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights) => weights.Fill(1);
}
