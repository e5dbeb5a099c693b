namespace Sundry.Training;

/// <summary>Losses in, task weights out, once a step: the step is that of Σ w_t L_t.</summary>
public interface IWeightBalancer : IBalancer
{
    /// <summary>Weighs the losses of one step.</summary>
    /// <param name="step">The losses, and where the training is.</param>
    /// <param name="weights">Takes what each task's loss is multiplied by; that of a task without a row in the batch does not matter.</param>
    void Weigh(in BalancingStep step, Span<double> weights);

    /// <summary>Whether <see cref="AfterStep"/> is to be called, which costs a second forward walk.</summary>
    /// <value>Default: false.</value>
    bool LooksBack => false;

    /// <summary>Told the losses of the same batch, with the same dropout, after the step has changed the weights.</summary>
    /// <param name="before">The step as it was given to <see cref="Weigh"/>.</param>
    /// <param name="losses">By task: the loss now.</param>
    void AfterStep(in BalancingStep before, ReadOnlySpan<double> losses)
    {
    }
}
