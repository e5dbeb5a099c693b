namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>x · y element by element, of equal width.</summary>
    public Node Multiply(Node other) => Graph.Add(new MultiplyOp(this, Same(other)));
}

/// <summary>z = x · y.</summary>
internal sealed unsafe class MultiplyOp(Node x, Node y) : Op(x.Width, x.Groups, [x, y])
{
    public override void Forward(Frame frame) => Elementwise.Multiply(frame.Value(Output), frame.Value(x), frame.Value(y), frame.Rows * Width);

    public override void Backward(Frame frame)
    {
        Give(frame, x, y);
        Give(frame, y, x);
    }

    private void Give(Frame frame, Node input, Node other)
    {
        var dx = frame.Contribute(input, out var add);
        if (dx is null) return;
        if (add) Elementwise.MultiplyAddTo(dx, frame.Gradient(Output), frame.Value(other), frame.Rows * Width);
        else Elementwise.Multiply(dx, frame.Gradient(Output), frame.Value(other), frame.Rows * Width);
    }
}
