namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>In training adds normal noise of the given standard deviation to each value; else does nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative.</exception>
    public Node Noise(double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        return deviation == 0 ? this : Graph.Add(new NoiseOp(this, deviation));
    }
}

/// <summary>y = x + σ n; n depends on the seed, the step and the place of the value in the batch, never on the shards.</summary>
internal sealed unsafe class NoiseOp(Node x, double deviation) : Op(x.Width, x.Groups, [x])
{
    public override bool IsIdentity(bool training) => !training;

    public override void Forward(Frame frame)
    {
        if (!frame.Training) return;
        var key = DropoutOp.Key(frame, Output);
        var first = (ulong)frame.FirstRow * (ulong)Width;
        var y = frame.Value(Output);
        var value = frame.Value(x);
        for (var i = 0; i < frame.Rows * Width; i++) y[i] = (float)(value[i] + deviation * CounterRandom.Normal(key, first + (ulong)i));
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        if (add) Elementwise.AddTo(dx, frame.Gradient(Output), frame.Rows * Width);
        else Elementwise.Copy(dx, frame.Gradient(Output), frame.Rows * Width);
    }
}
