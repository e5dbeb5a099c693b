using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>How tasks share: from the features to one representation a task, which the task's tower and head go on from.</summary>
public interface IArchitecture
{
    /// <summary>Builds the shared part.</summary>
    /// <param name="net">Makes layers, experts and gates by the model's options.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>One node a task, in their order: [rows, any width].</returns>
    IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks);
}
