namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>Hyperbolic tangent.</summary>
    public Node Tanh() => Graph.Add(new TanhOp(this));
}

/// <summary>y = tanh x.</summary>
internal sealed unsafe class TanhOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override void Forward(Frame frame) => Activations.Tanh(frame.Value(Output), frame.Value(x), frame.Rows * Width);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Activations.TanhGradient(dx, frame.Gradient(Output), frame.Value(Output), frame.Rows * Width, add);
    }
}
