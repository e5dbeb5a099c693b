namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>Columns <paramref name="start"/> to <c>start + width − 1</c>: [rows, width].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The columns do not exist.</exception>
    public Node Slice(int start, int width)
    {
        if (start < 0 || width < 1 || start + width > Width)
            throw new ArgumentOutOfRangeException(nameof(start), $"columns {start} to {start + width - 1} of {Width}");
        return Graph.Add(new SliceOp(this, start, width));
    }
}

/// <summary>y = x[:, start : start + width].</summary>
internal sealed unsafe class SliceOp(Node x, int start, int width) : Op(width, 1, [x])
{
    public int Start => start;

    public override void Forward(Frame frame) =>
        Elementwise.CopyRows(frame.Value(Output), Width, frame.Value(x) + start, x.Width, frame.Rows, Width, accumulate: false);

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        if (!add) Elementwise.Fill(dx, 0, frame.Rows * x.Width);
        Elementwise.CopyRows(dx + start, x.Width, frame.Gradient(Output), Width, frame.Rows, Width, accumulate: true);
    }
}
