namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>exp(x) / Σ exp(x) over each group, the greatest subtracted first.</summary>
    public Node Softmax() => Graph.Add(new SoftmaxOp(this));
}

/// <summary>y = exp(x − max x) / Σ exp(x − max x).</summary>
internal sealed unsafe class SoftmaxOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override void Forward(Frame frame) => Softmaxes.Softmax(frame.Value(Output), frame.Value(x), frame.Rows * Groups, Width / Groups);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is not null) Softmaxes.SoftmaxGradient(dx, frame.Gradient(Output), frame.Value(Output), frame.Rows * Groups, Width / Groups, add);
    }
}
