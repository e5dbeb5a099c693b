namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>Logistic function: σ(x) = 1 / (1 + e⁻ˣ).</summary>
    public Node Sigmoid() => Graph.Add(new SigmoidOp(this));
}

/// <summary>y = σ(x).</summary>
internal sealed unsafe class SigmoidOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override void Forward(Frame frame) => Activations.Sigmoid(frame.Value(Output), frame.Value(x), frame.Rows * Width);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Activations.SigmoidGradient(dx, frame.Gradient(Output), frame.Value(Output), frame.Rows * Width, add);
    }
}
