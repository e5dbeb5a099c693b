namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>log(1 + eˣ), the smooth form of max(x, 0).</summary>
    public Node Softplus() => Graph.Add(new SoftplusOp(this));
}

/// <summary>y = log(1 + eˣ); dy/dx = σ(x).</summary>
internal sealed unsafe class SoftplusOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override void Forward(Frame frame)
    {
        var y = frame.Value(Output);
        var value = frame.Value(x);
        for (var i = 0; i < frame.Rows * Width; i++)
        {
            var e = Math.Exp(-Math.Abs((double)value[i]));
            y[i] = (float)(Math.Max(value[i], 0) + (e > 1e-8 ? Math.Log(1 + e) : e));
        }
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        var dy = frame.Gradient(Output);
        var value = frame.Value(x);
        for (var i = 0; i < frame.Rows * Width; i++)
            dx[i] = (add ? dx[i] : 0) + (float)(dy[i] / (1 + Math.Exp(-(double)value[i])));
    }
}
