namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>Rectified linear unit: max(x, 0).</summary>
    public Node Relu() => Graph.Add(new ReluOp(this));
}

/// <summary>y = max(x, 0).</summary>
internal sealed unsafe class ReluOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override void Forward(Frame frame) => Activations.Relu(frame.Value(Output), frame.Value(x), frame.Rows * Width);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Activations.ReluGradient(dx, frame.Gradient(Output), frame.Value(Output), frame.Rows * Width, add);
    }
}
