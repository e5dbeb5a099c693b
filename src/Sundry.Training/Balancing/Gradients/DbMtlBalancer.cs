namespace Sundry.Training;

/// <summary>
/// Dual balancing: gradients of log losses, each brought to the length of the longest, and added; a task's own parameters follow its log loss.
/// Lin et al., <i>Dual-balancing for multi-task learning</i>, 2023, without its running mean of gradients, which would make the gradients of embedding
/// rows dense.
/// </summary>
[Balancer("db_mtl", NeedsPositiveLosses = true)]
public sealed class DbMtlBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    private const double Least = 1e-8;

    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem)
    {
        var longest = 0.0;
        for (var t = 0; t < problem.Count; t++) longest = Math.Max(longest, problem.Norm(t) / (problem.Losses[t] + Least));
        var weights = new double[problem.Count];
        for (var t = 0; t < problem.Count; t++) weights[t] = longest / problem.Norm(t);
        return weights;
    }

    /// <inheritdoc/>
    protected override void Own(in BalancingStep step, Span<double> own)
    {
        for (var t = 0; t < own.Length; t++) own[t] = step.Has(t) ? 1 / (step.Losses[t] + Least) : 0;
    }
}
