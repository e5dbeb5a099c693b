namespace Sundry.Training;

/// <summary>How the losses of the tasks are combined: losses in, task weights out, once a step.</summary>
public interface IBalancer
{
    /// <summary>Weighs the losses of one step.</summary>
    /// <param name="losses">The mean loss of each task over its rows of the batch; 0 where the batch holds none.</param>
    /// <param name="taskWeights">The weights of the configuration.</param>
    /// <param name="weights">Takes what each task's gradient is multiplied by.</param>
    void Weigh(ReadOnlySpan<double> losses, ReadOnlySpan<double> taskWeights, Span<double> weights);
}
