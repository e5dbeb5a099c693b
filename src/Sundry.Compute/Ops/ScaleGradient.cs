namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>The same values, through which <paramref name="part"/> of the gradient flows back: all of it for 1, none for 0.</summary>
    public Node ScaleGradient(double part) => part switch
    {
        1 => this,
        0 => StopGradient(),
        _ => Graph.Add(new ScaleGradientOp(this, (float)part)),
    };
}

/// <summary>y = x; dx = c dy.</summary>
internal sealed unsafe class ScaleGradientOp(Node x, float part) : Op(x.Width, x.Groups, [x])
{
    public float Part => part;

    public override bool IsIdentity(bool training) => true;

    public override void Forward(Frame frame)
    {
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        if (add) Elementwise.AxpyTo(dx, frame.Gradient(Output), part, frame.Rows * Width);
        else Elementwise.ScaleTo(dx, frame.Gradient(Output), part, frame.Rows * Width);
    }
}
