namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>Gaussian error linear unit, exact form: x Φ(x) (Hendrycks and Gimpel, 2016).</summary>
    public Node Gelu() => Graph.Add(new GeluOp(this));
}

/// <summary>y = x Φ(x).</summary>
internal sealed unsafe class GeluOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override void Forward(Frame frame) => Activations.Gelu(frame.Value(Output), frame.Value(x), frame.Rows * Width);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Activations.GeluGradient(dx, frame.Gradient(Output), frame.Value(x), frame.Rows * Width, add);
    }
}
