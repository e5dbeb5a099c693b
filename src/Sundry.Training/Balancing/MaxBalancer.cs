namespace Sundry.Training;

/// <summary>Min-max: only the task with the greatest loss, of equal ones the first, is learned in a step. It needs losses of comparable scale.</summary>
[Balancer("max")]
public sealed class MaxBalancer : IBalancer
{
    /// <inheritdoc/>
    public void Weigh(ReadOnlySpan<double> losses, ReadOnlySpan<double> taskWeights, Span<double> weights)
    {
        var worst = 0;
        for (var t = 1; t < losses.Length; t++)
            if (losses[t] > losses[worst])
                worst = t;
        weights.Clear();
        weights[worst] = 1;
    }
}
