using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// Multi-gate mixture of experts: z_t = Σ_i softmax(W_t x)_i f_i(x), the gates bias-free and on the features themselves.
/// Ma et al., KDD 2018.
/// </summary>
[Architecture("mmoe")]
public sealed class Mmoe : IArchitecture
{
    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var x = net.Features();
        var experts = net.Experts("expert", x, net.Options.Experts.Count, "expert");      // [B, E, H]
        return [.. tasks.Select(t => net.Mix(t, by: x, own: [], shared: [experts]))];
    }
}
