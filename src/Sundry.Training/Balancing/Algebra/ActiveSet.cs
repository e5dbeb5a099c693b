namespace Sundry.Training;

/// <summary>
/// Minimises ½ wᵀ A w + bᵀ w for a small positive semidefinite A, over the simplex (w ≥ 0, Σ w = 1) or over w ≥ 0, by active sets: after finitely
/// many steps the minimum is exact to rounding (Wolfe, 1976; Lawson and Hanson, 1974). Nothing in it is random.
/// </summary>
internal static class ActiveSet
{
    // a share of the largest diagonal: keeps equations solvable where gradients are linearly dependent, and is far below float precision
    private const double Ridge = 1e-13;
    private const double Tolerance = 1e-13;

    /// <summary>The minimum over the simplex.</summary>
    public static double[] OnSimplex(double[,] a, ReadOnlySpan<double> b)
    {
        var n = b.Length;
        var (matrix, linear) = Scaled(a, b);
        var first = 0;
        for (var t = 1; t < n; t++)
            if (matrix[t, t] / 2 + linear[t] < matrix[first, first] / 2 + linear[first])
                first = t;
        var w = new double[n];
        w[first] = 1;
        Descend(matrix, linear, w, [first], simplex: true);
        var sum = w.Sum();
        for (var t = 0; t < n; t++) w[t] /= sum;
        return w;
    }

    /// <summary>The minimum over w ≥ 0.</summary>
    public static double[] NonNegative(double[,] a, ReadOnlySpan<double> b)
    {
        var (matrix, linear) = Scaled(a, b);
        var w = new double[b.Length];
        Descend(matrix, linear, w, [], simplex: false);
        return w;
    }

    private static (double[,] Matrix, double[] Linear) Scaled(double[,] a, ReadOnlySpan<double> b)
    {
        var n = b.Length;
        var scale = 0.0;
        for (var t = 0; t < n; t++) scale = Math.Max(scale, a[t, t]);
        if (scale == 0) scale = 1;
        var matrix = new double[n, n];
        var linear = new double[n];
        for (var t = 0; t < n; t++)
        {
            for (var s = 0; s < n; s++) matrix[t, s] = a[t, s] / scale;
            matrix[t, t] += Ridge;
            linear[t] = b[t] / scale;
        }

        return (matrix, linear);
    }

    private static void Descend(double[,] a, double[] b, double[] w, List<int> free, bool simplex)
    {
        var n = w.Length;
        var slope = new double[n];
        for (var round = 0; round < 20 * n + 20; round++)
        {
            var level = 0.0;
            var size = 0.0;
            for (var t = 0; t < n; t++)
            {
                slope[t] = b[t];
                for (var s = 0; s < n; s++) slope[t] += a[t, s] * w[s];
                if (simplex) level += w[t] * slope[t];
                size = Math.Max(size, Math.Abs(b[t]) + a[t, t]);
            }

            var steepest = -1;
            for (var t = 0; t < n; t++)
                if (!free.Contains(t) && slope[t] < level - Tolerance * size && (steepest < 0 || slope[t] < slope[steepest]))
                    steepest = t;
            if (steepest < 0) return;
            free.Add(steepest);
            if (!Settle(a, b, w, free, simplex, steepest)) return;
        }
    }

    // goes to the minimum over the free coordinates, fixing at 0 those that would fall below it; false where the newest cannot move at all
    private static bool Settle(double[,] a, double[] b, double[] w, List<int> free, bool simplex, int newest)
    {
        while (free.Count > 0)
        {
            var best = Unbounded(a, b, [.. free], simplex);
            var step = 1.0;
            for (var i = 0; i < free.Count; i++)
                if (best[i] <= 0)
                    step = Math.Min(step, w[free[i]] / (w[free[i]] - best[i]));
            if (!(step > 0) && w[newest] == 0)
            {
                free.Remove(newest);
                return false;
            }

            for (var i = 0; i < free.Count; i++) w[free[i]] += step * (best[i] - w[free[i]]);
            if (step == 1) return true;
            for (var i = free.Count - 1; i >= 0; i--)
            {
                if (best[i] > 0 || w[free[i]] > 1e-15) continue;
                w[free[i]] = 0;
                free.RemoveAt(i);
            }
        }

        return true;
    }

    private static double[] Unbounded(double[,] a, double[] b, int[] free, bool simplex)
    {
        var pull = Array.ConvertAll(free, t => -b[t]);
        if (!simplex)
        {
            Cholesky.Solve(a, free, pull);
            return pull;
        }

        var ones = Array.ConvertAll(free, _ => 1.0);
        Cholesky.Solve(a, free, pull, ones);
        var level = (1 - pull.Sum()) / ones.Sum();
        for (var i = 0; i < pull.Length; i++) pull[i] += level * ones[i];
        return pull;
    }
}
