using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// No sharing at all: every task has embeddings and a bottom of its own. What the others are compared with. Without any layer it is what its interactions say, and nothing else:
/// logistic regression, or a factorisation machine.
/// </summary>
[Architecture("single_task")]
public sealed class SingleTask : IArchitecture
{
    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks) =>
        [.. tasks.Select(t => net.Mlp($"bottom/{t.Name}", net.Features(t.Name), net.Options.Bottom))];

    /// <inheritdoc/>
    public IReadOnlyList<TaskHead> Build(Builder net, IReadOnlyList<TaskSchema> tasks) =>
        net.IsFlat ? [.. tasks.Select(t => net.Head(t, net.FlatLogits(t)))] : net.Heads(tasks, Share(net, tasks));
}
