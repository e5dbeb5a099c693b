namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>The same floats as so many groups: [rows, width] → [rows, groups, width / groups].</summary>
    /// <exception cref="ArgumentException">The width cannot be divided so.</exception>
    public Node InGroups(int groups) => groups == Groups ? this : Graph.Add(new InGroupsOp(this, groups));
}

/// <summary>y = x, divided otherwise.</summary>
internal sealed unsafe class InGroupsOp(Node x, int groups) : Op(x.Width, groups, [x])
{
    public override bool IsIdentity(bool training) => true;

    public override void Forward(Frame frame)
    {
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        if (add) Elementwise.AddTo(dx, frame.Gradient(Output), (long)frame.Rows * Width);
        else Elementwise.Copy(dx, frame.Gradient(Output), (long)frame.Rows * Width);
    }
}
