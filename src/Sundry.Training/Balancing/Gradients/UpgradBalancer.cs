namespace Sundry.Training;

/// <summary>
/// Unconflicting projections: every task's gradient is projected onto the cone of directions that harm no task, and the projections are
/// averaged. Quinton and Rey, <i>Jacobian descent for multi-objective optimization</i>, 2024 (UPGrad).
/// </summary>
[Balancer("upgrad", nameof(BalancingOptions.Ridge), TakesWeights = true)]
public sealed class UpgradBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    private readonly double _ridge = setup.Options.Ridge ?? 1e-4;

    /// <inheritdoc/>
    protected override bool WeighsLosses => false;

    /// <summary>argmin vᵀ G v with v ≥ <paramref name="least"/>: the projection of Σ least_t g_t onto the cone that harms no task.</summary>
    internal static double[] Project(double[,] gram, ReadOnlySpan<double> least, double ridge)
    {
        var n = least.Length;
        var trace = 0.0;
        for (var t = 0; t < n; t++) trace += gram[t, t];
        var matrix = new double[n, n];
        var linear = new double[n];
        for (var t = 0; t < n; t++)
        {
            for (var s = 0; s < n; s++) matrix[t, s] = gram[t, s] / trace;
            matrix[t, t] += ridge;
            for (var s = 0; s < n; s++) linear[t] += matrix[t, s] * least[s];
        }

        var weights = ActiveSet.NonNegative(matrix, linear);
        for (var t = 0; t < n; t++) weights[t] += least[t];
        return weights;
    }

    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem)
    {
        var n = problem.Count;
        var (weights, least) = (new double[n], new double[n]);
        for (var t = 0; t < n; t++)
        {
            Array.Clear(least);
            least[t] = problem.Preference[t];
            var projected = Project(problem.Gram, least, _ridge);
            for (var s = 0; s < n; s++) weights[s] += projected[s];
        }

        return weights;
    }
}
