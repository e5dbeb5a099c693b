namespace Sundry.Training;

/// <summary>Min-max: only the task with the greatest loss, of equal ones the first, is learned in a step. It needs losses of comparable scale.</summary>
[Balancer("max")]
public sealed class MaxBalancer : IWeightBalancer
{
    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        var worst = 0;
        for (var t = 1; t < weights.Length; t++)
            if (step.Has(t) && (!step.Has(worst) || step.Losses[t] > step.Losses[worst]))
                worst = t;
        weights.Clear();
        weights[worst] = 1;
    }
}
