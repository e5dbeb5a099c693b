namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>Sigmoid linear unit, also called swish: x σ(x).</summary>
    public Node Silu() => Graph.Add(new SiluOp(this));
}

/// <summary>y = x σ(x).</summary>
internal sealed unsafe class SiluOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override void Forward(Frame frame) => Activations.Silu(frame.Value(Output), frame.Value(x), frame.Rows * Width);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Activations.SiluGradient(dx, frame.Gradient(Output), frame.Value(x), frame.Rows * Width, add);
    }
}
