namespace Sundry.Training;

/// <summary>The mean of the losses: every weight is 1/T, so that the step does not grow with the number of tasks.</summary>
[Balancer("mean")]
public sealed class MeanBalancer : IWeightBalancer
{
    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights) => weights.Fill(1.0 / weights.Length);
}
