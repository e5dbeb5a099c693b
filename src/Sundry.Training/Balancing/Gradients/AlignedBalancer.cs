namespace Sundry.Training;

/// <summary>
/// Aligned gradients: the gradients are replaced by the nearest orthogonal system of one length, √λ with λ an eigenvalue of the Gram matrix, so that
/// the step is as stable as it can be; w = √λ G^(−1/2) × preference. Senushkin et al., <i>Independent component alignment for multi-task learning</i>, CVPR 2023.
/// </summary>
[Balancer("aligned_mtl", nameof(BalancingOptions.Scale), TakesWeights = true)]
public sealed class AlignedBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    private readonly string _scale = setup.Options.Scale ?? "min";

    /// <inheritdoc/>
    protected override bool WeighsLosses => false;

    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem)
    {
        var eigen = new SymmetricEigen(problem.Gram);
        double[] kept = [.. eigen.Values.Where(v => v > eigen.Threshold).Order()];
        var scale = Math.Sqrt(_scale switch { "mean" => kept.Average(), "median" => kept[(kept.Length - 1) / 2], _ => kept[0] });
        var weights = new double[problem.Count];
        eigen.Apply(value => scale / Math.Sqrt(value), problem.Preference, weights);
        return weights;
    }
}
