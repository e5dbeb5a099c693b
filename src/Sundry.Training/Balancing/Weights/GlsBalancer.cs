namespace Sundry.Training;

/// <summary>
/// The geometric mean of the losses, (Π L_t)^(1/T), over the tasks in the batch; a task's weight is GLS / (T L_t). Chennupati et al., <i>MultiNet++</i>,
/// CVPR workshops 2019.
/// </summary>
[Balancer("gls", NeedsPositiveLosses = true)]
public sealed class GlsBalancer : IWeightBalancer
{
    private const double Least = 1e-12;

    /// <inheritdoc/>
    public void Weigh(in BalancingStep step, Span<double> weights)
    {
        // a product of losses under- and overflows; a mean of logarithms does not
        var present = step.Present();
        var log = 0.0;
        for (var t = 0; t < weights.Length; t++)
            if (step.Has(t))
                log += Math.Log(step.Losses[t] + Least) / present;
        for (var t = 0; t < weights.Length; t++)
            weights[t] = step.Has(t) ? Math.Exp(log - Math.Log(step.Losses[t] + Least)) / present : 0;
    }
}
