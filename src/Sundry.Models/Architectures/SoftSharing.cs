using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Soft sharing: a whole network a task, drawn towards each other by λ · mean over pairs Σ_l ‖W_tˡ − W_sˡ‖². All begin from one draw, without which a unit of
/// one would not be the unit of another. Duong et al., ACL 2015.
/// </summary>
[Architecture("soft_sharing")]
public sealed class SoftSharing : IArchitecture
{
    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var x = net.FeaturesOfEach([.. tasks.Select(t => t.Name)]);                // per task [B, D]
        var layers = net.Options.Bottom;
        if (layers.Count == 0) return x;
        var h = x[0].Stack([.. x.Skip(1)]);                                        // [B, T, D]
        var pairs = Math.Max(1, tasks.Count * (tasks.Count - 1) / 2);
        for (var l = 0; l < layers.Count; l++)
        {
            h = net.EachLayer($"bottom/{l}", h, layers[l], alike: true);
            if (tasks.Count > 1) net.Penalty($"distance/{l}", net.Distance($"bottom/{l}/weight", tasks.Count), net.Options.Distance / pairs);
        }

        return [.. tasks.Select((_, t) => h.Slice(t * layers[^1], layers[^1]))];
    }
}
