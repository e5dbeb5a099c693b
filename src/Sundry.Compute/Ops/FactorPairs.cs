namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// The products of all pairs of groups together, Σ_{i &lt; j} x_i · x_j = ½ ((Σ_i x_i)² − Σ_i x_i²): [rows, groups, k] → [rows, k]. Its sum is the second order of a
    /// factorisation machine (Rendle, 2010).
    /// </summary>
    public Node FactorPairs() => Graph.Add(new FactorPairsOp(this));
}

/// <summary>y = ½ (S² − Σ_i x_i²) with S = Σ_i x_i; dx_i = dy · (S − x_i).</summary>
internal sealed unsafe class FactorPairsOp(Node x) : Op(x.Width / x.Groups, 1, [x])
{
    // S
    public override int SavedPerRow => Width;

    public override void Forward(Frame frame)
    {
        for (var r = 0; r < frame.Rows; r++)
        {
            var row = frame.Value(x) + (long)r * x.Width;
            var sum = frame.Saved(this) + (long)r * Width;
            var y = frame.Value(Output) + (long)r * Width;
            Elementwise.Copy(sum, row, Width);
            for (var i = 1; i < x.Groups; i++) Elementwise.AddTo(sum, row + i * Width, Width);
            var squares = frame.Scratch(Width);
            Elementwise.Fill(squares, 0, Width);
            for (var i = 0; i < x.Groups; i++) Elementwise.MultiplyAddTo(squares, row + i * Width, row + i * Width, Width);
            Elementwise.Multiply(y, sum, sum, Width);
            Elementwise.AxpyTo(y, squares, -1, Width);
            Elementwise.ScaleTo(y, y, 0.5f, Width);
        }
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.ContributeCleared(x);
        if (dx is null) return;
        for (var r = 0; r < frame.Rows; r++)
        {
            var dy = frame.Gradient(Output) + (long)r * Width;
            var row = frame.Value(x) + (long)r * x.Width;
            var rest = frame.Scratch(Width);
            for (var i = 0; i < x.Groups; i++)
            {
                Elementwise.Copy(rest, frame.Saved(this) + (long)r * Width, Width);
                Elementwise.AxpyTo(rest, row + i * Width, -1, Width);
                Elementwise.MultiplyAddTo(dx + (long)r * x.Width + i * Width, dy, rest, Width);
            }
        }
    }
}
