namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>The sum of all groups: [rows, groups, k] → [rows, k].</summary>
    public Node SumGroups() => Graph.Add(new SumGroupsOp(this));
}

/// <summary>y = Σ_g x_g.</summary>
internal sealed unsafe class SumGroupsOp(Node x) : Op(x.Width / x.Groups, 1, [x])
{
    public override void Forward(Frame frame)
    {
        for (var g = 0; g < x.Groups; g++)
            Elementwise.CopyRows(frame.Value(Output), Width, frame.Value(x) + g * Width, x.Width, frame.Rows, Width, accumulate: g > 0);
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        for (var g = 0; g < x.Groups; g++)
            Elementwise.CopyRows(dx + g * Width, x.Width, frame.Gradient(Output), Width, frame.Rows, Width, add);
    }
}
