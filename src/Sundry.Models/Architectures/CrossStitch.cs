using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Cross-stitch: a column of layers a task; after each layer every task goes on from a trained mixture of all columns, x̃_t = Σ_s A[t, s] x_s, which begins
/// near the task's own. Misra et al., CVPR 2016.
/// </summary>
[Architecture("cross_stitch")]
public sealed class CrossStitch : IArchitecture
{
    /// <summary>A is learned as so many times a parameter: a rate of its own, above that of the weights.</summary>
    internal const double Rate = 10;

    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var x = tasks.Select(_ => net.Features()).ToArray();                       // per task [B, D]
        var layers = net.Options.Bottom;
        for (var l = 0; l < layers.Count; l++)
        {
            var h = tasks.Select((t, i) => net.Layer($"bottom/{t.Name}/{l}", x[i], layers[l])).ToArray();
            x = [.. tasks.Select((t, i) => tasks.Count == 1 ? h[0] : net.Vector($"stitch/{t.Name}/{l}", Start(net, tasks.Count, i)).Scale(Rate).Mix(h))];
        }

        return x;
    }

    // 1 − c for the task itself, c shared among the others
    private static double[] Start(Builder net, int tasks, int own) =>
        [.. Enumerable.Range(0, tasks).Select(s => (s == own ? 1 - net.Options.Stitch : net.Options.Stitch / (tasks - 1)) / Rate)];
}
