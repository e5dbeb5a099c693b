namespace Sundry.Training;

/// <summary>
/// Conflict-averse: the direction within c ‖g₀‖ of the mean gradient g₀ that improves the worst-off task most. Liu et al., NeurIPS 2021. With c = 0 it
/// is the mean.
/// </summary>
[Balancer("cagrad", nameof(BalancingOptions.C), nameof(BalancingOptions.Rescale), TakesWeights = true)]
public sealed class CagradBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    private const int MostRounds = 100;

    private readonly double _c = setup.Options.C ?? 0.4;
    private readonly string _rescale = setup.Options.Rescale ?? "squared";

    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem)
    {
        var n = problem.Count;
        var weights = new double[n];
        weights.AsSpan().Fill(1.0 / n);
        if (_c == 0) return weights;
        var radius = _c * problem.Length(weights);
        var scale = _rescale switch { "linear" => 1 / (1 + _c), "none" => 1, _ => 1 / (1 + _c * _c) };
        var (against, length) = Worst(problem, radius);
        for (var t = 0; t < n; t++) weights[t] = length > 0 ? scale * (1.0 / n + radius / length * against[t]) : 0;
        return weights;
    }

    // min over the simplex of <g_w, g₀> + radius ‖g_w‖. With ‖g_w‖ = min over s of ‖g_w‖² / 2s + s / 2 it is a quadratic programme for a given s, and
    // s is right where it equals the length of its solution.
    private static (double[] Weights, double Length) Worst(GramProblem problem, double radius)
    {
        var n = problem.Count;
        var linear = new double[n];
        var longest = 0.0;
        for (var t = 0; t < n; t++)
        {
            longest = Math.Max(longest, problem.Norm(t));
            for (var s = 0; s < n; s++) linear[t] += problem.Gram[t, s] / n;
        }

        (double[] Weights, double Length) At(double s)
        {
            var solution = radius == 0 ? ActiveSet.OnSimplex(problem.Gram, new double[n]) : ActiveSet.OnSimplex(problem.Gram, Array.ConvertAll(linear, b => b * s / radius));
            return (solution, problem.Length(solution));
        }

        // no length left to speak of: the tasks' gradients cancel, and there is no direction
        var (low, high) = (1e-9 * longest, longest);
        var lowest = At(low);
        if (lowest.Length <= low) return (lowest.Weights, 0);
        var (belowBy, aboveBy) = (lowest.Length - low, At(high).Length - high);
        var found = At(high);
        for (var round = 0; round < MostRounds && high - low > 1e-14 * longest && aboveBy < 0; round++)
        {
            // regula falsi, halving the end that stays (the Illinois rule)
            var middle = low + (high - low) * belowBy / (belowBy - aboveBy);
            found = At(middle);
            var by = found.Length - middle;
            if (by == 0) break;
            if (by > 0)
            {
                (low, belowBy) = (middle, by);
                aboveBy /= 2;
            }
            else
            {
                (high, aboveBy) = (middle, by);
                belowBy /= 2;
            }
        }

        return found;
    }
}
