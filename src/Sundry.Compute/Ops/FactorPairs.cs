namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// The inner products of all pairs of groups together, Σ_{i &lt; j} ⟨x_i, x_j⟩ = ½ Σ_f ((Σ_i x_if)² − Σ_i x_if²): the second order of a factorisation machine (Rendle, 2010).
    /// [rows, groups, k] → [rows, 1].
    /// </summary>
    public Node FactorPairs() => Graph.Add(new FactorPairsOp(this));
}

/// <summary>y = ½ Σ_f (S_f² − Σ_i x_if²) with S_f = Σ_i x_if; dx_if = dy (S_f − x_if).</summary>
internal sealed unsafe class FactorPairsOp(Node x) : Op(1, 1, [x])
{
    private readonly int _k = x.Width / x.Groups;

    // S
    public override int SavedPerRow => _k;

    public override void Forward(Frame frame)
    {
        for (var r = 0; r < frame.Rows; r++)
        {
            var row = frame.Value(x) + (long)r * x.Width;
            var sum = frame.Saved(this) + (long)r * _k;
            Elementwise.Copy(sum, row, _k);
            for (var i = 1; i < x.Groups; i++) Elementwise.AddTo(sum, row + i * _k, _k);
            frame.Value(Output)[r] = (float)(0.5 * (Elementwise.SumOfSquares(sum, _k) - Elementwise.SumOfSquares(row, x.Width)));
        }
    }

    public override void Backward(Frame frame)
    {
        var dx = frame.Contribute(x, out var add);
        if (dx is null) return;
        if (!add) Elementwise.Fill(dx, 0, (long)frame.Rows * x.Width);
        for (var r = 0; r < frame.Rows; r++)
        {
            var dy = frame.Gradient(Output)[r];
            var to = dx + (long)r * x.Width;
            for (var i = 0; i < x.Groups; i++) Elementwise.AxpyTo(to + i * _k, frame.Saved(this) + (long)r * _k, dy, _k);
            Elementwise.AxpyTo(to, frame.Value(x) + (long)r * x.Width, -dy, x.Width);
        }
    }
}
