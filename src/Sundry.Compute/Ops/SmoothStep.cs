namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>0 below −½, 1 above ½, and ½ + 3x/2 − 2x³ between: a step that reaches its ends and has a slope on its way (Hazimeh et al., 2021, with γ = 1).</summary>
    public Node SmoothStep() => Graph.Add(new SmoothStepOp(this));
}

/// <summary>y = ½ + 3x/2 − 2x³ with x cut to ±½; dy/dx = 3/2 − 6x².</summary>
internal sealed unsafe class SmoothStepOp(Node x) : Op(x.Width, x.Groups, [x])
{
    public override void Forward(Frame frame)
    {
        for (var i = 0; i < frame.Rows * Width; i++)
        {
            var v = Math.Clamp(frame.Value(x)[i], -0.5f, 0.5f);
            frame.Value(Output)[i] = 0.5f + 1.5f * v - 2 * v * v * v;
        }
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        for (var i = 0; i < frame.Rows * Width; i++)
        {
            var v = Math.Clamp(frame.Value(x)[i], -0.5f, 0.5f);
            var d = frame.Gradient(Output)[i] * (1.5f - 6 * v * v);
            dx[i] = add ? dx[i] + d : d;
        }
    }
}
