using Sundry.Compute;

namespace Sundry.Models;

/// <summary>From the embeddings of a sequence's members, one a token, to one vector a row. docs/features/sequences.md has the equations.</summary>
/// <param name="name">Its parameters begin with it.</param>
/// <param name="options">Which, and how large.</param>
/// <param name="length">The most members of a row.</param>
internal sealed class SequenceEncoder(string name, SequenceOptions options, int length)
{
    /// <summary>Encodes.</summary>
    /// <param name="e">The members: [tokens, width].</param>
    /// <param name="target">What they are held against, [rows, width]; null for nothing.</param>
    public Node Encode(Node e, Node? target) => options.Encoder switch
    {
        SequenceEncoding.Din => Din(e, target!),
        SequenceEncoding.Gru => e.Gru(name, options.Units ?? e.Width).PoolTokens(TokenPooling.Last),
        SequenceEncoding.Attention => Attention(e),
        SequenceEncoding.Interests => Interests(e, target),
        _ => e.PoolTokens(TokenPooling.Mean),
    };

    // Σ_t s(v, e_t) e_t, the s as they are
    private Node Din(Node e, Node v)
    {
        var h = Activated($"{name}/0", e.TargetLinear($"{name}/0", v, options.Layers[0]));
        for (var i = 1; i < options.Layers.Count; i++)
            h = Activated($"{name}/{i}", h.Linear($"{name}/{i}", options.Layers[i]));
        var s = h.Linear($"{name}/score", 1);
        return (options.Softmax ? s.SoftmaxOfTokens() : s).MixTokens(e);
    }

    // the residual goes past the attention from the normalised queries, and keys and values are not normalised: as the authors' program has it
    private Node Attention(Node e)
    {
        var x = e.Scale(Math.Sqrt(e.Width)).AddPositions(name, length, fromEnd: true).Dropout(options.Dropout);
        for (var b = 0; b < options.Blocks; b++)
        {
            var block = $"{name}/{b}";
            var q = x.LayerNorm($"{block}/query/norm");
            var seen = q.Linear($"{block}/query", x.Width).SelfAttention(x.Linear($"{block}/key", x.Width), x.Linear($"{block}/value", x.Width), options.Heads, causal: true);
            var h = q.Add(seen.Linear($"{block}/attention", x.Width).Dropout(options.Dropout)).LayerNorm($"{block}/norm");
            x = h.Linear($"{block}/0", x.Width).Relu().Dropout(options.Dropout).Linear($"{block}/1", x.Width).Dropout(options.Dropout).Add(h);
        }

        return x.LayerNorm($"{name}/norm").PoolTokens(TokenPooling.Last);
    }

    // A = softmax(W₂ tanh(W₁ H)), V = Aᵀ H; with a target Σ_k softmax_k(⟨V_k, v⟩²) V_k
    private Node Interests(Node e, Node? v)
    {
        var h = e.AddPositions(name, length, fromEnd: true);
        var weights = h.Linear($"{name}/0", options.Units ?? 4 * e.Width, bias: false).Tanh().Linear($"{name}/1", options.Interests, bias: false).SoftmaxOfTokens();
        var interests = weights.MixTokens(h);
        if (v is null) return interests;
        var scores = interests.Multiply(v.Concat([.. Enumerable.Repeat(v, options.Interests - 1)])).Sum();
        return scores.Multiply(scores).Softmax().Mix(interests);
    }

    private Node Activated(string layer, Node x) => options.Activation switch
    {
        TargetActivation.Dice => x.Dice($"{layer}/activation"),
        TargetActivation.Prelu => x.PRelu($"{layer}/activation"),
        TargetActivation.Sigmoid => x.Sigmoid(),
        _ => x.Relu(),
    };
}
