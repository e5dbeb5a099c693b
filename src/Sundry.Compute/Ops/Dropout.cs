namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>In training sets each value to 0 with probability <paramref name="rate"/> and divides the others by 1 − rate; else does nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
    public Node Dropout(double rate)
    {
        if (rate is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "a dropout rate lies in [0, 1)");
        return rate == 0 ? this : Graph.Add(new DropoutOp(this, (float)(1 - rate)));
    }
}

/// <summary>y = x · mask / keep; the mask depends on the seed, the step and the place of the value in the batch, never on the shards.</summary>
internal sealed unsafe class DropoutOp(Node x, float keep) : Op(x.Width, x.Groups, [x])
{
    public float Keep => keep;

    public override bool IsIdentity(bool training) => !training;

    public override void Forward(Frame frame)
    {
        if (frame.Training) Elementwise.Dropout(frame.Value(Output), frame.Value(x), frame.Rows * Width, keep, Key(frame, Output), First(frame));
    }

    /// <summary>The key of a node's mask in the present step.</summary>
    public static ulong Key(Frame frame, Node output) => CounterRandom.Derive(frame.Noise, (ulong)output.Index);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Elementwise.DropoutGradient(dx, frame.Gradient(Output), frame.Rows * Width, keep, Key(frame, Output), First(frame), add);
    }

    private long First(Frame frame) => (long)frame.FirstRow * Width;
}
