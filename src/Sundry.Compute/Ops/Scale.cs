namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>x times a constant.</summary>
    public Node Scale(double factor) => Graph.Add(new ScaleOp(this, (float)factor));
}

/// <summary>y = c x.</summary>
internal sealed unsafe class ScaleOp(Node x, float factor) : Op(x.Width, x.Groups, [x])
{
    public float Factor => factor;

    public override void Forward(Frame frame) => Elementwise.ScaleTo(frame.Value(Output), frame.Value(x), factor, frame.Rows * Width);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        if (add) Elementwise.AxpyTo(dx, frame.Gradient(Output), factor, frame.Rows * Width);
        else Elementwise.ScaleTo(dx, frame.Gradient(Output), factor, frame.Rows * Width);
    }
}
