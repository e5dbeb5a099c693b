namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// A linear layer on each token e beside a value v of its row, [v, e, v − e, v · e] W + b: [tokens, width] and [rows, width] → [tokens, outputs]. The first layer of the
    /// attention of a deep interest network (Zhou et al., 2018), computed as v (W₁ + W₃) + e (W₂ − W₃) + (v · e) W₄ + b, the first part once a row.
    /// </summary>
    /// <param name="name">Its parameters are called <c>name/weight</c> [4 width, outputs] and <c>name/bias</c> [1, outputs].</param>
    /// <param name="target">v, of the tokens' width.</param>
    /// <param name="outputs">Floats a token of the result.</param>
    /// <exception cref="ArgumentException">This has no tokens, the target has some, or their widths differ.</exception>
    public Node TargetLinear(string name, Node target, int outputs)
    {
        if (target.Tokens is not null) throw new ArgumentException($"'{target}' is no value of a row", nameof(target));
        OfTokens().Same(target);
        var first = Initializer.FanIn(4 * Width);
        return Graph.Add(new TargetLinearOp(this, target, Graph.Parameter(name + "/weight", 4 * Width, outputs, first), Graph.Parameter(name + "/bias", 1, outputs, first)));
    }
}

/// <summary>y_t = [v, e_t, v − e_t, v · e_t] W + b.</summary>
internal sealed unsafe class TargetLinearOp(Node x, Node target, Parameter weight, Parameter bias) : Op(weight.Columns, 1, [x, target]), IPacked
{
    private readonly Parameter[] _parameters = [weight, bias];
    private readonly int _d = x.Width;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override bool CrossesLevels => true;

    public override IPacked? Packed => this;

    // [e, v · e]
    public override int SavedPerRow => 2 * _d;

    // both products' weights, forward and back, and room to add them up
    public long PackedLength(bool training) => ForwardA + ForwardC + (training ? BackwardA + BackwardC : 0) + 3L * _d * Width;

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        if (part > 0) return;
        var w = weights + weight.Offset;
        var block = (long)_d * Width;
        var a = packed + PackedLength(training) - 3 * block;
        var c = a + block;
        Elementwise.Add(a, w, w + 2 * block, block);
        Elementwise.Copy(c, w + block, block);
        Elementwise.AxpyTo(c, w + 2 * block, -1, block);
        Elementwise.Copy(c + block, w + 3 * block, block);
        Gemm.Pack(packed, a, Width, _d, Width);
        Gemm.Pack(packed + ForwardA, c, Width, 2 * _d, Width);
        if (!training) return;
        Gemm.PackTransposed(packed + ForwardA + ForwardC, a, Width, _d, Width);
        Gemm.PackTransposed(packed + ForwardA + ForwardC + BackwardA, c, Width, 2 * _d, Width);
    }

    public override void Forward(Frame frame)
    {
        var rows = frame.Sequences;
        var packed = frame.Packed[Output.Index];
        var ofRow = frame.Scratch((long)rows * Width);
        Gemm.Multiply(ofRow, Width, frame.Value(target), _d, packed, frame.Weights(bias), rows, _d, Width, relu: false, accumulate: false);
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < rows; r++)
        {
            int first = offsets[r] - offsets[0], count = offsets[r + 1] - offsets[r];
            var pairs = frame.Saved(this) + 2L * first * _d;
            TargetPairs.Pair(pairs, frame.Value(x) + (long)first * _d, frame.Value(target) + (long)r * _d, count, _d);
            Gemm.Multiply(frame.Value(Output) + (long)first * Width, Width, pairs, 2 * _d, packed + ForwardA, ofRow + (long)r * Width, count, 2 * _d, Width, relu: false, accumulate: false);
        }
    }

    public override void Backward(Frame frame)
    {
        var (rows, tokens) = (frame.Sequences, frame.Rows);
        var packed = frame.Packed[Output.Index] + ForwardA + ForwardC;
        var block = (long)_d * Width;
        var du = frame.Scratch((long)rows * (Width + _d) + 2L * tokens * _d + 3 * block);
        var dv = du + (long)rows * Width;
        var dpairs = dv + (long)rows * _d;
        var da = dpairs + 2L * tokens * _d;
        var dc = da + block;
        var dy = frame.Gradient(Output);
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < rows; r++)
            Elementwise.AddBiasGradient(du + (long)r * Width, dy + (long)(offsets[r] - offsets[0]) * Width, Width, offsets[r + 1] - offsets[r], Width, accumulate: false);
        var db = frame.Contribute(bias, out var addBias);
        Elementwise.AddBiasGradient(db, du, Width, rows, Width, addBias);
        Gemm.WeightGradient(da, Width, frame.Value(target), _d, du, Width, rows, _d, Width, accumulate: false);
        Gemm.WeightGradient(dc, Width, frame.Saved(this), 2 * _d, dy, Width, tokens, 2 * _d, Width, accumulate: false);
        var dw = frame.ContributeCleared(weight);
        Elementwise.AddTo(dw, da, block);
        Elementwise.AddTo(dw + block, dc, block);
        Elementwise.AddTo(dw + 2 * block, da, block);
        Elementwise.AxpyTo(dw + 2 * block, dc, -1, block);
        Elementwise.AddTo(dw + 3 * block, dc + block, block);

        var dx = frame.Contribute(x, out var add);
        var dtarget = frame.Contribute(target, out var addTarget);
        if (dx is null && dtarget is null) return;
        Gemm.Multiply(dpairs, 2 * _d, dy, Width, packed + BackwardA, null, tokens, Width, 2 * _d, relu: false, accumulate: false);
        Gemm.Multiply(dv, _d, du, Width, packed, null, rows, Width, _d, relu: false, accumulate: false);
        for (var r = 0; r < rows; r++)
        {
            int first = offsets[r] - offsets[0], count = offsets[r + 1] - offsets[r];
            TargetPairs.PairGradient(dx is null ? null : dx + (long)first * _d, dv + (long)r * _d, dpairs + 2L * first * _d,
                frame.Value(x) + (long)first * _d, frame.Value(target) + (long)r * _d, count, _d, add);
        }

        if (dtarget is null) return;
        if (addTarget) Elementwise.AddTo(dtarget, dv, (long)rows * _d);
        else Elementwise.Copy(dtarget, dv, (long)rows * _d);
    }

    private long ForwardA => AlignedBlock.Round((long)Gemm.PackedLength(_d, Width));

    private long ForwardC => AlignedBlock.Round((long)Gemm.PackedLength(2 * _d, Width));

    private long BackwardA => AlignedBlock.Round((long)Gemm.PackedLength(Width, _d));

    private long BackwardC => AlignedBlock.Round((long)Gemm.PackedLength(Width, 2 * _d));
}
