namespace Sundry.Compute;

/// <summary>Adagrad (Duchi, Hazan and Singer, 2011): s ← s + g²; w ← w − η g / (√s + ε).</summary>
/// <param name="weightDecay">L2 added to the gradient.</param>
/// <param name="epsilon">ε.</param>
public sealed unsafe class Adagrad(double weightDecay = 0, double epsilon = 1e-10) : Optimizer(1)
{
    internal override void Update(in OptimizerStep step, float* weights, float* first, float* second, float* gradient, int length) =>
        Updates.Adagrad(weights, first, gradient, length, step.Rate, epsilon, weightDecay, step.Scale);

    private protected override void Shrink(in OptimizerStep step, float* weights, float* first, float* second, int length) =>
        Updates.Shrink(weights, first, length, step.Rate * L1, 1, epsilon);
}
