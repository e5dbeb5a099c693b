namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>The sum of each group: [rows, groups].</summary>
    public Node Sum() => Graph.Add(new ReduceOp(this, 1));

    /// <summary>The mean of each group: [rows, groups].</summary>
    public Node Mean() => Graph.Add(new ReduceOp(this, (float)Groups / Width));
}

/// <summary>y = c Σ x over each group.</summary>
internal sealed unsafe class ReduceOp(Node x, float factor) : Op(x.Groups, 1, [x])
{
    public float Factor => factor;

    private readonly int _group = x.Width / x.Groups;

    public override void Forward(Frame frame)
    {
        var y = frame.Value(Output);
        var value = frame.Value(x);
        for (var i = 0; i < frame.Rows * Width; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < _group; j++) sum += value[(long)i * _group + j];
            y[i] = (float)(factor * sum);
        }
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        var dy = frame.Gradient(Output);
        for (var i = 0; i < frame.Rows * Width; i++)
        {
            var d = factor * dy[i];
            for (var j = 0; j < _group; j++)
            {
                var at = (long)i * _group + j;
                dx[at] = add ? dx[at] + d : d;
            }
        }
    }
}
