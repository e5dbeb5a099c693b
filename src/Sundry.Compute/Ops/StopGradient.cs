namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>The same values, through which no gradient flows back.</summary>
    public Node StopGradient() => Graph.Add(new StopGradientOp(this));
}

/// <summary>y = x; dx = 0.</summary>
internal sealed unsafe class StopGradientOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override bool NeedsGradient => false;

    public override void Forward(Frame frame) => Elementwise.Copy(frame.Value(Output), frame.Value(x), frame.Rows * Width);

    public override void Backward(Frame frame)
    {
    }
}
