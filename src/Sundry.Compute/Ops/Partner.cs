namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>The value of the row that <see cref="Mixup"/> mixes a row with. No gradient flows back.</summary>
    public Node Partner() => Graph.Add(new PartnerOp(this));
}

/// <summary>y_r = x_p(r), p(r) being the partner of a row in a mixup.</summary>
internal sealed unsafe class PartnerOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override bool NeedsGradient => false;

    public override void Forward(Frame frame)
    {
        for (var row = 0; row < frame.Rows; row++)
            Elementwise.Copy(frame.Value(Output) + (long)row * Width, frame.Value(x) + (long)MixupOp.Partner(frame, row) * Width, Width);
    }

    public override void Backward(Frame frame)
    {
    }
}
