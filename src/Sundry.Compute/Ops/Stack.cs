namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>This and the others, of equal width, as groups of one node: [rows, 1 + others, width].</summary>
    /// <exception cref="ArgumentException">They differ in width.</exception>
    public Node Stack(params IReadOnlyList<Node> others)
    {
        foreach (var other in others) Same(other);
        Node[] all = [this, .. others];
        return Graph.Add(new StackOp(all));
    }
}

/// <summary>y_g = x_g.</summary>
internal sealed unsafe class StackOp(Node[] parts) : Op(parts.Length * parts[0].Width, parts.Length, parts)
{
    public override void Forward(Frame frame)
    {
        for (var g = 0; g < parts.Length; g++)
            Elementwise.CopyRows(frame.Value(Output) + g * parts[g].Width, Width, frame.Value(parts[g]), parts[g].Width, frame.Rows, parts[g].Width, accumulate: false);
    }

    public override void Backward(Frame frame)
    {
        for (var g = 0; g < parts.Length; g++)
        {
            var dx = frame.Contribute(parts[g], out var add);
            if (dx is not null) Elementwise.CopyRows(dx, parts[g].Width, frame.Gradient(Output) + g * parts[g].Width, Width, frame.Rows, parts[g].Width, add);
        }
    }
}
