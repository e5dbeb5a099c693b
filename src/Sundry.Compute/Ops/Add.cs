namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>x + y, of equal width.</summary>
    public Node Add(Node other) => Graph.Add(new AddOp(this, Same(other)));

    private Node Same(Node other) =>
        other.Width == Width ? other : throw new ArgumentException($"'{this}' and '{other}' differ in width", nameof(other));
}

/// <summary>z = x + y.</summary>
internal sealed unsafe class AddOp(Node x, Node y) : Op(x.Width, x.Groups, [x, y])
{
    public override void Forward(Frame frame) => Elementwise.Add(frame.Value(Output), frame.Value(x), frame.Value(y), frame.Rows * Width);

    public override void Backward(Frame frame)
    {
        Give(frame, x);
        Give(frame, y);
    }

    private void Give(Frame frame, Node input)
    {
        var dx = frame.Contribute(input, out var add);
        if (dx is null) return;
        if (add) Elementwise.AddTo(dx, frame.Gradient(Output), frame.Rows * Width);
        else Elementwise.Copy(dx, frame.Gradient(Output), frame.Rows * Width);
    }
}
