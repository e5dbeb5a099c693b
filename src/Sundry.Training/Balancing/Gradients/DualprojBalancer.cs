namespace Sundry.Training;

/// <summary>
/// The mean gradient, projected onto the cone of directions that harm no task. Lopez-Paz and Ranzato, <i>Gradient episodic memory for continual
/// learning</i>, NeurIPS 2017, with every task in the part of a memory.
/// </summary>
[Balancer("dualproj", nameof(BalancingOptions.Ridge), TakesWeights = true)]
public sealed class DualprojBalancer(BalancingSetup setup) : GramBalancer(setup)
{
    private readonly double _ridge = setup.Options.Ridge ?? 1e-4;

    /// <inheritdoc/>
    protected override bool WeighsLosses => false;

    /// <inheritdoc/>
    protected override double[] Solve(GramProblem problem) => UpgradBalancer.Project(problem.Gram, problem.Preference, _ridge);
}
