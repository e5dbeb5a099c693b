namespace Sundry.Training;

/// <summary>
/// Conflict-free: the direction that has the same cosine with every task's gradient, as long as the gradients' projections onto it together. Liu, Chu and
/// Thuerey, <i>ConFIG</i>, ICLR 2025.
/// </summary>
[Balancer("config")]
public sealed class ConfigBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem)
    {
        // b = pinv(U) 1 = Uᵀ a, with U the unit gradients and a = pinv(cosines) 1; then d = Σ <g_t, b> b / ‖b‖²
        var n = problem.Count;
        var cosines = problem.Cosines();
        var (ones, a) = (new double[n], new double[n]);
        ones.AsSpan().Fill(1);
        new SymmetricEigen(cosines).Apply(static value => 1 / value, ones, a);
        double along = 0, square = 0;
        for (var t = 0; t < n; t++)
        {
            for (var s = 0; s < n; s++)
            {
                along += problem.Norm(t) * cosines[t, s] * a[s];
                square += a[t] * cosines[t, s] * a[s];
            }
        }

        var weights = new double[n];
        for (var t = 0; t < n; t++) weights[t] = square > 1e-24 ? along / square * a[t] / problem.Norm(t) : 0;
        return weights;
    }
}
