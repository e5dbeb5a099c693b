namespace Sundry.Compute;

/// <summary>Wall time of training steps by part, in seconds, as the calling thread saw it: waiting for other threads is part of the part that they are late in.</summary>
/// <param name="Gather">Looking up and pooling embedding rows.</param>
/// <param name="Forward">The rest of the forward walk, losses included.</param>
/// <param name="Backward">The backward walk, the losses' gradients included.</param>
/// <param name="Reduce">Adding up the shards' gradients and merging those of equal rows.</param>
/// <param name="Optimizer">Changing the weights, and packing them for the next step.</param>
public readonly record struct StepTimes(double Gather, double Forward, double Backward, double Reduce, double Optimizer)
{
    /// <summary>All parts together.</summary>
    public double Total => Gather + Forward + Backward + Reduce + Optimizer;
}
