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

    public override bool IsIdentity(bool training) => true;

    public override void Forward(Frame frame)
    {
    }

    public override void Backward(Frame frame)
    {
    }
}
