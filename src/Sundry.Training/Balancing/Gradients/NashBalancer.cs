namespace Sundry.Training;

/// <summary>
/// The bargaining solution: w &gt; 0 with w_t (G w)_t = 1 for every task, the unique minimum of ½ wᵀ G w − Σ log w_t. Scaling a task's loss changes
/// nothing. Navon et al., <i>Multi-task learning as a bargaining game</i>, ICML 2022.
/// </summary>
[Balancer("nash_mtl", nameof(BalancingOptions.Every), nameof(BalancingOptions.MaxNorm))]
public sealed class NashBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    private const int MostIterations = 100;

    // without it gradients that cancel would have weights without bound
    private const double Ridge = 1e-12;

    private readonly int _every = setup.Options.Every ?? 1;
    private readonly double _maxNorm = setup.Options.MaxNorm ?? 1;
    private readonly double[] _ones = [.. setup.Tasks.Select(_ => 1.0)];
    private double[] _last = [];

    /// <inheritdoc/>
    public override double[] State
    {
        get => _last;
        set => _last = value;
    }

    /// <inheritdoc/>
    public override void Balance(in BalancingStep step, ITaskGradients gradients, Span<double> weights)
    {
        if (_last.Length > 0 && step.Step % _every != 0)
        {
            _last.CopyTo(weights);
            gradients.Combine(weights, _ones);
            return;
        }

        base.Balance(step, gradients, weights);
        if (_every > 1) _last = weights.ToArray();
    }

    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem)
    {
        var n = problem.Count;
        // in u_t = w_t ‖g_t‖ the matrix is that of the cosines, whatever the scales of the tasks
        var cosines = problem.Cosines();
        for (var t = 0; t < n; t++) cosines[t, t] += Ridge;
        var weights = Bargain(cosines);
        for (var t = 0; t < n; t++) weights[t] /= problem.Norm(t);
        var length = problem.Length(weights);
        if (_maxNorm > 0 && length > _maxNorm)
            for (var t = 0; t < n; t++)
                weights[t] *= _maxNorm / length;
        return weights;
    }

    // Newton's method; the function is self-concordant, so that a step shortened by 1 / (1 + λ) never leaves u > 0 and always converges
    private static double[] Bargain(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        int[] all = [.. Enumerable.Range(0, n)];
        var u = new double[n];
        u.AsSpan().Fill(1);
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var gradient = new double[n];
            var hessian = (double[,])matrix.Clone();
            for (var t = 0; t < n; t++)
            {
                for (var s = 0; s < n; s++) gradient[t] += matrix[t, s] * u[s];
                gradient[t] -= 1 / u[t];
                hessian[t, t] += 1 / (u[t] * u[t]);
            }

            var move = (double[])gradient.Clone();
            Cholesky.Solve(hessian, all, move);
            var square = 0.0;
            for (var t = 0; t < n; t++) square += gradient[t] * move[t];
            var lambda = Math.Sqrt(Math.Max(0, square));
            for (var t = 0; t < n; t++) u[t] -= move[t] / (lambda < 0.25 ? 1 : 1 + lambda);
            if (lambda < 1e-13) break;
        }

        return u;
    }
}
