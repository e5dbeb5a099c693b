using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// How tasks share: from the features to one representation a task, which the task's tower and head go on from. One that also decides what heads
/// mean, or adds terms to the loss, builds them itself.
/// </summary>
public interface IArchitecture
{
    /// <summary>Builds the shared part.</summary>
    /// <param name="net">Makes layers, experts and gates by the model's options.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>One node a task, in their order: [rows, any width].</returns>
    IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks);

    /// <summary>Builds the whole network: by default a tower and a head on what <see cref="Share"/> gives each task.</summary>
    /// <param name="net">Makes towers, heads and penalties.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>One head a task, in their order.</returns>
    IReadOnlyList<TaskHead> Build(Builder net, IReadOnlyList<TaskSchema> tasks) => net.Heads(tasks, Share(net, tasks));

    /// <summary>Why it cannot learn these tasks with these options, as one sentence; null where it can.</summary>
    /// <param name="tasks">The tasks; as in a configuration, so that what training rows tell of them may be missing.</param>
    /// <param name="options">The model's options.</param>
    string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) => null;
}
