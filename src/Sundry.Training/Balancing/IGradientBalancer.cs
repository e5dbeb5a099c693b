namespace Sundry.Training;

/// <summary>
/// The tasks' gradients with respect to the shared parameters in, one combination of them out, once a step. What belongs to a single task
/// always follows that task's own gradient.
/// </summary>
public interface IGradientBalancer : IBalancer
{
    /// <summary>Combines the gradients of one step: calls one of the two <c>Combine</c> of <paramref name="gradients"/> once.</summary>
    /// <param name="step">The losses, and where the training is.</param>
    /// <param name="gradients">The tasks' gradients.</param>
    /// <param name="weights">Takes the weight that each task's gradient had, for the record.</param>
    /// <exception cref="Data.InputException">A gradient is not a number.</exception>
    void Balance(in BalancingStep step, ITaskGradients gradients, Span<double> weights);
}
