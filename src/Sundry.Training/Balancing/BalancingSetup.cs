using Sundry.Data;

namespace Sundry.Training;

/// <summary>What a balancer is made for.</summary>
/// <param name="Tasks">The tasks that are learned, in the order of all spans that a balancer sees.</param>
/// <param name="Options">Its settings; those that are null take the method's default.</param>
/// <param name="Seed">The training's seed.</param>
public sealed record BalancingSetup(IReadOnlyList<TaskSchema> Tasks, BalancingOptions Options, ulong Seed)
{
    /// <summary>The weights of the configuration, by task.</summary>
    public double[] Weights { get; } = [.. Tasks.Select(t => t.Weight)];
}
