using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Adaptive information transfer: a task weighs, by attention, what its own bottom found against what the task before it passes on, and a calibration term keeps
/// its probability from exceeding that task's. Xi et al., KDD 2021.
/// </summary>
[Architecture("aitm")]
public sealed class Aitm : IArchitecture
{
    /// <inheritdoc/>
    public string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) => TaskGraph.Refuse(tasks, "aitm", most: 1);

    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var x = net.Features();
        var z = new Node[tasks.Count];
        foreach (var t in TaskGraph.Order(tasks))
        {
            var name = tasks[t].Name;
            var q = net.Mlp($"bottom/{name}", x, net.Options.Bottom);                                // [B, k]
            if (TaskGraph.Before(tasks, t) is not [var before])
            {
                z[t] = q;
                continue;
            }

            var p = net.Layer($"transfer/{name}", z[before], q.Width);                               // [B, k]
            var u = p.Stack(q);                                                                      // [B, 2, k]
            var scores = u.SameLinear($"attention/{name}/query", q.Width).Multiply(u.SameLinear($"attention/{name}/key", q.Width)).Sum();
            z[t] = scores.Scale(1 / Math.Sqrt(q.Width)).Softmax().Mix(u.SameLinear($"attention/{name}/value", q.Width));
        }

        return z;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TaskHead> Build(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var shared = Share(net, tasks);
        TaskHead[] heads = [.. tasks.Select((task, t) => net.Head(task, net.Logits(task, net.Tower(task, shared[t])), Ordered(tasks, t)))];
        for (var t = 0; t < tasks.Count; t++)
            foreach (var before in Ordered(tasks, t))
                net.AtMost(heads[t], heads[before]);
        return heads;
    }

    // events alone have an order of probabilities
    private static int[] Ordered(IReadOnlyList<TaskSchema> tasks, int task) =>
        tasks[task].Type == TaskType.Binary ? [.. TaskGraph.Before(tasks, task).Where(b => tasks[b].Type == TaskType.Binary)] : [];
}
