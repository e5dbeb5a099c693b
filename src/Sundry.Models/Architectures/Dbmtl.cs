using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Deep Bayesian multi-target learning: tasks stand in a graph, and each reads beside its own tower what every task right before it found,
/// r_t = MLP_t([h_t; r_p for all p before t]). Wang et al., 2019.
/// </summary>
[Architecture("dbmtl")]
public sealed class Dbmtl : IArchitecture
{
    /// <inheritdoc/>
    public string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) => TaskGraph.Refuse(tasks, "dbmtl");

    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var h = net.Mlp("bottom", net.Features(), net.Options.Bottom);
        return [.. tasks.Select(t => net.Read(t, h))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<TaskHead> Build(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var shared = Share(net, tasks);
        var r = new Node[tasks.Count];
        foreach (var t in TaskGraph.Order(tasks))
        {
            var h = net.Tower(tasks[t], shared[t]);
            r[t] = net.Mlp($"relation/{tasks[t].Name}", h.Concat([.. TaskGraph.Before(tasks, t).Select(p => r[p])]), net.Options.Tower);
        }

        return [.. tasks.Select((task, t) => net.Head(task, net.Logits(task, r[t])))];
    }
}
