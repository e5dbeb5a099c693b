namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>This and the others side by side: [rows, Σ width].</summary>
    public Node Concat(params IReadOnlyList<Node> others)
    {
        if (others.Count == 0) return this;
        Node[] all = [this, .. others];
        return Graph.Add(new ConcatOp(all));
    }
}

/// <summary>y = [x₁, x₂, …].</summary>
internal sealed unsafe class ConcatOp(Node[] parts) : Op(parts.Sum(p => p.Width), 1, parts)
{
    public override void Forward(Frame frame)
    {
        var at = frame.Value(Output);
        foreach (var part in parts)
        {
            Elementwise.CopyRows(at, Width, frame.Value(part), part.Width, frame.Rows, part.Width, accumulate: false);
            at += part.Width;
        }
    }

    public override void Backward(Frame frame)
    {
        var at = frame.Gradient(Output);
        foreach (var part in parts)
        {
            var dx = frame.Contribute(part, out var add);
            if (dx is not null) Elementwise.CopyRows(dx, part.Width, at, Width, frame.Rows, part.Width, add);
            at += part.Width;
        }
    }
}
