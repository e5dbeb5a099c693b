using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>One-gate mixture of experts: z = Σ_i softmax(W x)_i f_i(x), the same for every task. Ma et al., KDD 2018, as mmoe's counterpart.</summary>
[Architecture("omoe")]
public sealed class Omoe : IArchitecture
{
    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var x = net.Features();
        var experts = net.Experts("expert", x, net.Options.Experts.Count, "expert");      // [B, E, H]
        var z = net.MixShared(by: x, [experts], level: 1);
        return [.. tasks.Select(t => net.Read(t, z))];
    }
}
