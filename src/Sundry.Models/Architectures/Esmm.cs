using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Entire-space multi-task model: along a chain such as click → purchase every tower gives the chance of its event where the one before has happened, and what
/// is learned, over all rows, is their product p(click) p(purchase | click). Embeddings are shared. Ma et al., SIGIR 2018.
/// </summary>
[Architecture("esmm")]
public class Esmm : IArchitecture
{
    // a tower that begins surer than this would hardly learn that it is wrong
    private const double Surest = 0.95;

    /// <inheritdoc/>
    public virtual string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) => RefuseChain(tasks, "esmm");

    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var x = net.Features();
        return [.. tasks.Select(t => net.Mlp($"bottom/{t.Name}", x, net.Options.Bottom))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<TaskHead> Build(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var shared = Share(net, tasks);
        var joint = new Node[tasks.Count];                                         // the logit of the event itself, of all that lead to it too
        foreach (var t in TaskGraph.Order(tasks))
        {
            var before = TaskGraph.Before(tasks, t);
            if (before is not [var b])
            {
                joint[t] = net.Logits(tasks[t], net.Tower(tasks[t], shared[t]));
                continue;
            }

            var given = net.Logits(tasks[t], net.Tower(tasks[t], shared[t]), mean: Math.Min(tasks[t].LabelMean / tasks[b].LabelMean, Surest));
            joint[t] = given.And(joint[b]);
            Correct(net, tasks[t], tasks[b], given, joint[b], shared[t]);
        }

        return [.. tasks.Select((task, t) => net.Head(task, joint[t], TaskGraph.Before(tasks, t)))];
    }

    /// <summary>What is added to the loss for one link of the chain; here nothing.</summary>
    /// <param name="net">Makes layers and penalties.</param>
    /// <param name="task">The later task.</param>
    /// <param name="before">The one right before it.</param>
    /// <param name="given">The logit of the later event, given the one before.</param>
    /// <param name="chance">The logit of the event before.</param>
    /// <param name="shared">What the later task's tower reads.</param>
    protected virtual void Correct(Builder net, TaskSchema task, TaskSchema before, Node given, Node chance, Node shared)
    {
    }

    /// <summary>Why a chain of events over all rows cannot be learned from these tasks.</summary>
    protected static string? RefuseChain(IReadOnlyList<TaskSchema> tasks, string architecture)
    {
        if (TaskGraph.Refuse(tasks, architecture, most: 1) is { } reason) return reason;
        var linked = tasks.Where(t => t.After.Count > 0 || tasks.Any(o => o.After.Contains(t.Name, StringComparer.Ordinal))).ToList();
        if (linked.FirstOrDefault(t => t.Type != TaskType.Binary) is { } other)
            return $"'{architecture}' multiplies probabilities along its chain, and task '{other.Name}' is not binary; take it out of the chain, or choose aitm or dbmtl";
        if (linked.FirstOrDefault(t => t.NegativeKeepRate != 1) is { } sampled)
            return $"'{architecture}' multiplies probabilities along its chain, and those of task '{sampled.Name}' are shifted while it learns from a sample of its rows; remove the sampling, or choose aitm or dbmtl";
        return linked.FirstOrDefault(t => t.Where is not null) is { } part
            ? $"'{architecture}' learns '{part.Name}' over all rows, 0 where what comes before it has not happened; remove its 'where'"
            : null;
    }
}
