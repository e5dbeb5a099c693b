using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Parameter and embedding personalised network, for several shops or scenarios in one model: a gate of the scenario scales the embeddings, and gates of scenario
/// and person scale each layer of each task, every gate reading the embeddings without teaching them. Chang et al., KDD 2023.
/// </summary>
[Architecture("pepnet")]
public sealed class Pepnet : IArchitecture
{
    /// <inheritdoc/>
    public string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) => options.Scenario is null
        ? "'pepnet' needs to know which feature says the shop or scenario of a row; set model.scenario"
        : null;

    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var x = net.Features();                                                                      // [B, D]
        var scenario = net.Feature(net.Options.Scenario!);
        var o = net.GateUnit("gate/embedding", scenario.Concat(x.StopGradient()), x.Width).Multiply(x);
        var person = scenario.Concat([.. net.Options.Personal.Select(net.Feature)]);
        var prior = person.Concat(o.StopGradient());
        return [.. tasks.Select(Personalised)];

        Node Personalised(TaskSchema task)
        {
            var h = o;
            var layers = net.Options.Bottom;
            for (var l = 0; l < layers.Count; l++)
                h = net.Layer($"bottom/{task.Name}/{l}", h, layers[l]).Multiply(net.GateUnit($"gate/{task.Name}/{l}", prior, layers[l]));
            return h;
        }
    }
}
