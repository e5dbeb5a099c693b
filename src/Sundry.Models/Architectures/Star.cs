using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Star topology, for several shops or scenarios in one model: each has its own view of common weights, W ∘ W_p, and its own normalisation; an auxiliary network on the
/// scenario corrects each logit. Sheng et al., CIKM 2021.
/// </summary>
[Architecture("star")]
public sealed class Star : IArchitecture
{
    /// <inheritdoc/>
    public string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) => options.Scenario is null
        ? "'star' needs to know which feature says the shop or scenario of a row; set model.scenario"
        : null;

    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var (scenario, count) = net.Scenario();
        var h = net.Normalized("norm", net.Features(), partitioned: true);                            // [B, D]
        var layers = net.Options.Bottom;
        for (var l = 0; l < layers.Count; l++)
            h = net.Activated($"bottom/{l}", h.StarLinear($"bottom/{l}", scenario, count, layers[l]), partitioned: true);
        return [.. tasks.Select(t => net.Read(t, h))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<TaskHead> Build(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var shared = Share(net, tasks);
        var auxiliary = net.Feature(net.Options.Scenario!).Concat(net.Features());
        return [.. tasks.Select((task, t) => net.Head(task, net.Logits(task, net.Tower(task, shared[t])).Add(Correction(task))))];

        Node Correction(TaskSchema task) => net.Mlp($"auxiliary/{task.Name}", auxiliary, net.Options.Tower)
            .Linear($"auxiliary/{task.Name}/logits", TaskHead.Width(task), bias: false);
    }
}
