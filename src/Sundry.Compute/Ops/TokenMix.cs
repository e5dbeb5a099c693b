namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// Weighted sums of the tokens of each row, y_k = Σ_t w[t, k] x_t: weights [tokens, K] by values [tokens, width] → [rows, K, width]; zeros for a row without tokens.
    /// </summary>
    /// <param name="values">What is summed.</param>
    /// <exception cref="ArgumentException">Weights and values are not about the same tokens.</exception>
    public Node MixTokens(Node values) => values.Tokens == Tokens
        ? Graph.Add(new TokenMixOp(OfTokens(), values))
        : throw new ArgumentException($"'{this}' and '{values}' do not have the same rows", nameof(values));
}

/// <summary>y_k = Σ_t w[t, k] x_t over the tokens of a row.</summary>
internal sealed unsafe class TokenMixOp(Node weights, Node values) : Op(weights.Width * values.Width, weights.Width, [weights, values])
{
    private readonly BagNode _tokens = values.Tokens!;
    private readonly int _k = weights.Width;
    private readonly int _h = values.Width;

    public override BagNode? Tokens => null;

    public override bool CrossesLevels => true;

    public override void Forward(Frame frame)
    {
        var offsets = frame.Offsets(_tokens);
        for (var r = 0; r < frame.Rows; r++)
        {
            int first = offsets[r] - offsets[0], count = offsets[r + 1] - offsets[r];
            var room = frame.Scratch(count);
            for (var k = 0; k < _k; k++)
                Mixing.Mix(frame.Value(Output) + (long)r * Width + k * _h, Column(frame, room, first, count, k), count, frame.Value(values) + (long)first * _h, 1, count, _h, accumulate: false);
        }
    }

    public override void Backward(Frame frame)
    {
        var dweights = frame.ContributeCleared(weights);
        float* dvalues;
        var addValues = true;
        // the first of the contributions assigns, unless a second comes from here too
        if (_k == 1 && values != weights) dvalues = frame.Contribute(values, out addValues);
        else dvalues = frame.ContributeCleared(values);
        var offsets = frame.Offsets(_tokens);
        for (var r = 0; r < frame.Rows; r++)
        {
            int first = offsets[r] - offsets[0], count = offsets[r + 1] - offsets[r];
            var room = frame.Scratch(2L * count);
            var slope = room + count;
            for (var k = 0; k < _k; k++)
            {
                Elementwise.Fill(slope, 0, count);
                Mixing.MixGradient(slope, count, dvalues is null ? null : dvalues + (long)first * _h, frame.Gradient(Output) + (long)r * Width + k * _h,
                    Column(frame, room, first, count, k), frame.Value(values) + (long)first * _h, 1, count, _h, addValues);
                if (dweights is null) continue;
                var to = dweights + (long)first * _k + k;
                for (var t = 0; t < count; t++) to[(long)t * _k] += slope[t];
            }
        }
    }

    private float* Column(Frame frame, float* room, int first, int count, int k)
    {
        var w = frame.Value(weights) + (long)first * _k;
        if (_k == 1) return w;
        for (var t = 0; t < count; t++) room[t] = w[(long)t * _k + k];
        return room;
    }
}
