using System.Numerics;
using Sundry.Compute;
using Sundry.Data;

namespace Sundry.Models;

/// <summary>
/// DSelect-k: as mmoe, but a gate chooses k of the 2ᵐ experts by their binary numbers, g = Σ_k softmax(V x)_k Π_j S(W x)_kj or 1 − S(W x)_kj, with a step S that
/// reaches 0 and 1, so that experts are left out and gradients still tell which. Hazimeh et al., NeurIPS 2021.
/// </summary>
[Architecture("dselect_k")]
public sealed class DselectK : IArchitecture
{
    /// <inheritdoc/>
    public string? Refuse(IReadOnlyList<TaskSchema> tasks, ModelOptions options) => BitOperations.IsPow2(options.Experts.Count) && options.Experts.Count is >= 2 and <= 1024
        ? null
        : $"'dselect_k' numbers its experts in binary, and {options.Experts.Count} is no power of two from 2; set model.experts.count to {Math.Max(2, (int)BitOperations.RoundUpToPowerOf2((uint)options.Experts.Count))}";

    /// <inheritdoc/>
    public IReadOnlyList<Node> Share(Builder net, IReadOnlyList<TaskSchema> tasks)
    {
        var options = net.Options.Experts;
        var bits = BitOperations.Log2((uint)options.Count);
        var choices = options.Top > 0 ? Math.Min(options.Top, options.Count) : Math.Min(2, options.Count);
        var x = net.Features();
        var experts = net.Experts("expert", x, options.Count, "expert");                                            // [B, E, H]
        return [.. tasks.Select(t => net.Mix(t, Gate(t), [experts]))];

        Node Gate(TaskSchema task)
        {
            var steps = x.Linear($"gate/1/{task.Name}/bits", choices * bits, bias: false, groups: choices).SmoothStep();      // [B, k, m]
            var codes = steps.Codes();                                                                                        // [B, k, E]
            net.Penalty($"entropy/{task.Name}", codes.Entropy().Mean(), options.Entropy);
            return x.Linear($"gate/1/{task.Name}/choice", choices, bias: false).Softmax().Mix(codes);                         // [B, E]
        }
    }
}
