namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>All products of one float of this with one of the other, group by group: [rows, groups, a] and [rows, groups, b] → [rows, groups, a × b].</summary>
    /// <exception cref="ArgumentException">They have different numbers of groups.</exception>
    public Node OuterGroups(Node other) => other.Groups == Groups
        ? Graph.Add(new OuterGroupsOp(this, other))
        : throw new ArgumentException($"'{this}' and '{other}' have different numbers of groups", nameof(other));
}

/// <summary>z[i, j] = x[i] y[j] in each group.</summary>
internal sealed unsafe class OuterGroupsOp(Node x, Node y) : Op(x.Width / x.Groups * y.Width, x.Groups, [x, y])
{
    private readonly int _a = x.Width / x.Groups;
    private readonly int _b = y.Width / y.Groups;

    public override void Forward(Frame frame)
    {
        var z = frame.Value(Output);
        for (var g = 0; g < frame.Rows * Groups; g++)
            for (var i = 0; i < _a; i++, z += _b)
                Elementwise.ScaleTo(z, frame.Value(y) + (long)g * _b, frame.Value(x)[(long)g * _a + i], _b);
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.ContributeCleared(x);
        var dy = frame.ContributeCleared(y);
        var dz = frame.Gradient(Output);
        for (var g = 0; g < frame.Rows * Groups; g++)
        {
            var from = frame.Value(x) + (long)g * _a;
            var other = frame.Value(y) + (long)g * _b;
            for (var i = 0; i < _a; i++, dz += _b)
            {
                if (dx is not null) Mixing.MixGradient(dx + (long)g * _a + i, 1, null, dz, from + i, other, 1, 1, _b, accumulateExperts: false);
                if (dy is not null) Elementwise.AxpyTo(dy + (long)g * _b, dz, from[i], _b);
            }
        }
    }
}
