namespace Sundry.Training;

/// <summary>
/// Impartial gradients: Σ w = 1 such that the step projects equally onto every task's unit gradient. Liu et al., <i>Towards impartial multi-task
/// learning</i>, ICLR 2021 (IMTL-G). Weights may be
/// negative. Where they would sum to a negative number the published rule walks up the loss of every task; here they sum to −1, and it walks down.
/// </summary>
[Balancer("imtl_g")]
public sealed class ImtlGradientBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem)
    {
        // d·u_t the same for all t: the cosines times w_t ‖g_t‖ are proportional to 1
        var n = problem.Count;
        var (ones, weights) = (new double[n], new double[n]);
        ones.AsSpan().Fill(1);
        new SymmetricEigen(problem.Cosines()).Apply(static value => 1 / value, ones, weights);
        double sum = 0, size = 0;
        for (var t = 0; t < n; t++)
        {
            weights[t] /= problem.Norm(t);
            sum += weights[t];
            size += Math.Abs(weights[t]);
        }

        // gradients that cancel have no such direction; their mean does no harm
        for (var t = 0; t < n; t++) weights[t] = Math.Abs(sum) > 1e-12 * size ? weights[t] / Math.Abs(sum) : 1.0 / n;
        return weights;
    }
}
