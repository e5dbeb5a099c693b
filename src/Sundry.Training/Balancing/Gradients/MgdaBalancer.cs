namespace Sundry.Training;

/// <summary>
/// The shortest gradient in the convex hull of the tasks' gradients, min ‖Σ w_t g_t‖ with w ≥ 0 and Σ w = 1: a step that no task has anything
/// against, and 0 where none is left. Désidéri, 2012; Sener and Koltun, <i>Multi-task learning as multi-objective optimization</i>, NeurIPS 2018.
/// </summary>
[Balancer("mgda", nameof(BalancingOptions.Normalize), nameof(BalancingOptions.Of), TakesWeights = true)]
public sealed class MgdaBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    private readonly string _normalize = setup.Options.Normalize ?? "none";
    private readonly bool _ofRepresentation = setup.Options.Of == "representation";

    /// <inheritdoc/>
    protected override void Read(ITaskGradients gradients, double[,] gram)
    {
        if (_ofRepresentation) gradients.RepresentationGram(gram);
        else base.Read(gradients, gram);
    }

    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem)
    {
        var n = problem.Count;
        var sizes = new double[n];
        for (var t = 0; t < n; t++)
        {
            var loss = Math.Max(problem.Losses[t], 1e-12);
            sizes[t] = _normalize switch { "norm" => problem.Norm(t), "loss" => loss, "loss_norm" => loss * problem.Norm(t), _ => 1 };
        }

        var gram = new double[n, n];
        for (var t = 0; t < n; t++)
            for (var s = 0; s < n; s++)
                gram[t, s] = problem.Gram[t, s] / (sizes[t] * sizes[s]);
        var weights = ActiveSet.OnSimplex(gram, new double[n]);
        // of the divided gradients the step is the shortest; in the undivided ones the same direction, as a mean again
        var sum = 0.0;
        for (var t = 0; t < n; t++) sum += weights[t] /= sizes[t];
        for (var t = 0; t < n; t++) weights[t] /= sum;
        return weights;
    }
}
