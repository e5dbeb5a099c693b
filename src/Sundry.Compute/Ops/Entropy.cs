namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>−Σ x ln x over each group, 0 where x is 0: [rows, groups].</summary>
    public Node Entropy() => Graph.Add(new EntropyOp(this));
}

/// <summary>y = −Σ x ln x; dy/dx = −ln x − 1, 0 where x is 0.</summary>
internal sealed unsafe class EntropyOp(Node x) : Op(x.Groups, 1, [x])
{
    private readonly int _group = x.Width / x.Groups;

    public override void Forward(Frame frame)
    {
        for (var g = 0; g < frame.Rows * Width; g++)
        {
            var sum = 0.0;
            for (var j = 0; j < _group; j++)
            {
                double p = frame.Value(x)[(long)g * _group + j];
                if (p > 0) sum -= p * Math.Log(p);
            }

            frame.Value(Output)[g] = (float)sum;
        }
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        for (var g = 0; g < frame.Rows * Width; g++)
        {
            for (var j = 0; j < _group; j++)
            {
                var at = (long)g * _group + j;
                var p = frame.Value(x)[at];
                var d = p > 0 ? -frame.Gradient(Output)[g] * (MathF.Log(p) + 1) : 0;
                dx[at] = add ? dx[at] + d : d;
            }
        }
    }
}
