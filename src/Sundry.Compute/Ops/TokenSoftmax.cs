using System.Runtime.CompilerServices;

namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>The softmax over the tokens of each row, column by column: [tokens, width].</summary>
    /// <exception cref="ArgumentException">Its rows are those of the batch.</exception>
    public Node SoftmaxOfTokens() => Graph.Add(new TokenSoftmaxOp(OfTokens()));
}

/// <summary>y_t = e^x_t / Σ_s e^x_s over the tokens s of t's row.</summary>
internal sealed unsafe class TokenSoftmaxOp(Node x) : Op(x.Width, x.Groups, [x])
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Frame frame)
    {
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < frame.Sequences; r++)
        {
            int first = offsets[r] - offsets[0], count = offsets[r + 1] - offsets[r];
            var room = frame.Scratch(count);
            for (var c = 0; c < Width; c++)
            {
                Bring(room, frame.Value(x) + (long)first * Width + c, count);
                Softmaxes.Softmax(room, room, 1, count);
                var y = frame.Value(Output) + (long)first * Width + c;
                for (var t = 0; t < count; t++) y[(long)t * Width] = room[t];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < frame.Sequences; r++)
        {
            int first = offsets[r] - offsets[0], count = offsets[r + 1] - offsets[r];
            var room = frame.Scratch(2L * count);
            var slope = room + count;
            for (var c = 0; c < Width; c++)
            {
                var at = (long)first * Width + c;
                Bring(room, frame.Value(Output) + at, count);
                Bring(slope, frame.Gradient(Output) + at, count);
                Softmaxes.SoftmaxGradient(slope, slope, room, 1, count, accumulate: false);
                for (var t = 0; t < count; t++) dx[at + (long)t * Width] = add ? dx[at + (long)t * Width] + slope[t] : slope[t];
            }
        }
    }

    private void Bring(float* to, float* from, int count)
    {
        for (var t = 0; t < count; t++) to[t] = from[(long)t * Width];
    }
}
