namespace Sundry.Compute;

/// <summary>Stochastic gradient descent: v ← μ v + g + λ w; w ← w − η v (PyTorch's form: v starts as the first gradient).</summary>
/// <param name="momentum">μ; 0 for none.</param>
/// <param name="weightDecay">λ, added to the gradient (coupled L2).</param>
public sealed unsafe class Sgd(double momentum = 0, double weightDecay = 0) : Optimizer(momentum == 0 ? 0 : 1)
{
    internal override void Update(in OptimizerStep step, float* weights, float* first, float* second, float* gradient, int length) =>
        Updates.Sgd(weights, first, gradient, length, step.Rate, momentum, weightDecay, step.Scale);
}
