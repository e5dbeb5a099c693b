namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>1 / max(x, floor): an inverse that cannot run away.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The floor is not above 0.</exception>
    public Node Reciprocal(double floor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(floor);
        return Graph.Add(new ReciprocalOp(this, (float)floor));
    }
}

/// <summary>y = 1 / max(x, floor); dy/dx = −y², 0 below the floor.</summary>
internal sealed unsafe class ReciprocalOp(Node x, float floor) : Op(x.Width, x.Groups, [x])
{
    public float Floor => floor;

    public override void Forward(Frame frame)
    {
        for (var i = 0; i < frame.Rows * Width; i++)
            frame.Value(Output)[i] = 1 / MathF.Max(frame.Value(x)[i], floor);
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        for (var i = 0; i < frame.Rows * Width; i++)
        {
            var y = frame.Value(Output)[i];
            var d = frame.Value(x)[i] > floor ? -y * y * frame.Gradient(Output)[i] : 0;
            dx[i] = add ? dx[i] + d : d;
        }
    }
}
