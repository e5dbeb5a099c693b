namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// A linear layer on each token e beside a value v of its row, [v, e, v − e, v · e] W + b: [tokens, width] and [rows, width] → [tokens, outputs]. The first layer of the
    /// attention of a deep interest network (Zhou et al., 2018), computed as v (W₁ + W₃) + b, once a row, and e (W₂ − W₃ + diag(v) W₄), a matrix of its own for each row.
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

/// <summary>y_t = [v, e_t, v − e_t, v · e_t] W + b = (v A + b) + e_t M with A = W₁ + W₃, C = W₂ − W₃, D = W₄ and the row's own M = C + diag(v) D.</summary>
internal sealed unsafe class TargetLinearOp(Node x, Node target, Parameter weight, Parameter bias) : Op(weight.Columns, 1, [x, target]), IPacked
{
    private readonly Parameter[] _parameters = [weight, bias];
    private readonly int _d = x.Width;

    public override ReadOnlySpan<Parameter> Parameters => _parameters;

    public override bool CrossesLevels => true;

    public override IPacked? Packed => this;

    // A packed, forward and back; C and D as they are; A as it is, to be packed
    public long PackedLength(bool training) => ForwardA + (training ? BackwardA : 0) + 3 * Block;

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        if (part > 0) return;
        var w = weights + weight.Offset;
        var block = (long)_d * Width;
        var c = Matrices(packed, training);
        var a = c + 2 * Block;
        Elementwise.Add(a, w, w + 2 * block, block);
        Elementwise.Copy(c, w + block, block);
        Elementwise.AxpyTo(c, w + 2 * block, -1, block);
        Elementwise.Copy(c + Block, w + 3 * block, block);
        Gemm.Pack(packed, a, Width, _d, Width);
        if (training) Gemm.PackTransposed(packed + ForwardA, a, Width, _d, Width);
    }

    public override void Forward(Frame frame) => Forward(frame, frame.Packed[Output.Index], frame.Value(Output), null, null);

    public override void Backward(Frame frame) => Backward(frame, frame.Packed[Output.Index], frame.Gradient(Output), 0, null);

    /// <summary>What Forward does, to y [tokens, width], with the sums and squares of its columns where asked.</summary>
    public void Forward(Frame frame, float* packed, float* y, double* sums, double* squares)
    {
        var rows = frame.Sequences;
        var matrices = Matrices(packed, frame.Training);
        var ofRow = frame.Scratch((long)rows * Width + Block + MatrixRoom);
        var m = ofRow + (long)rows * Width;
        var packedM = m + Block;
        Gemm.Multiply(ofRow, Width, frame.Value(target), _d, packed, frame.Weights(bias), rows, _d, Width, relu: false, accumulate: false);
        if (sums is not null) new Span<double>(sums, Width).Clear();
        if (sums is not null) new Span<double>(squares, Width).Clear();
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < rows; r++)
        {
            int first = offsets[r] - offsets[0], count = offsets[r + 1] - offsets[r];
            if (count == 0) continue;
            TargetMatrices.Build(m, matrices, matrices + Block, frame.Value(target) + (long)r * _d, _d, Width);
            Gemm.Pack(packedM, m, Width, _d, Width);
            var to = y + (long)first * Width;
            Gemm.Multiply(to, Width, frame.Value(x) + (long)first * _d, _d, packedM, ofRow + (long)r * Width, count, _d, Width, relu: false, accumulate: false);
            if (sums is not null) Norms.AddSequenceSums(sums, squares, to, count, Width);
        }
    }

    /// <summary>What Backward does, from dy [tokens, width]; or, row by row of at most <paramref name="most"/> tokens, from what <paramref name="source"/> makes it.</summary>
    public void Backward(Frame frame, float* packed, float* dy, int most, ITokenGradient? source)
    {
        var rows = frame.Sequences;
        var matrices = Matrices(packed, frame.Training);
        var block = (long)_d * Width;
        var du = frame.Scratch((long)rows * (Width + _d) + 5 * Block + MatrixRoom + (long)most * Width);
        var dv = du + (long)rows * Width;
        var m = dv + (long)rows * _d;
        float* dm = m + Block, da = dm + Block, dc = da + Block, dd = dc + Block, packedM = dd + Block;
        Elementwise.Fill(dc, 0, 2 * Block);
        var dx = frame.Contribute(x, out var add);
        var dtarget = frame.Contribute(target, out var addTarget);
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < rows; r++)
        {
            int first = offsets[r] - offsets[0], count = offsets[r + 1] - offsets[r];
            var ofRow = frame.Value(target) + (long)r * _d;
            if (count == 0)
            {
                Elementwise.Fill(du + (long)r * Width, 0, Width);
                Elementwise.Fill(dv + (long)r * _d, 0, _d);
                continue;
            }

            var slopes = dy + (long)first * Width;
            if (source is null) Elementwise.AddBiasGradient(du + (long)r * Width, slopes, Width, count, Width, accumulate: false);
            else source.Fill(frame, slopes = packedM + MatrixRoom, du + (long)r * Width, first, count);
            Gemm.WeightGradient(dm, Width, frame.Value(x) + (long)first * _d, _d, slopes, Width, count, _d, Width, accumulate: false);
            TargetMatrices.Gradient(dc, dd, dv + (long)r * _d, dm, matrices + Block, ofRow, _d, Width);
            if (dx is null) continue;
            TargetMatrices.Build(m, matrices, matrices + Block, ofRow, _d, Width);
            Gemm.PackTransposed(packedM, m, Width, _d, Width);
            Gemm.Multiply(dx + (long)first * _d, _d, slopes, Width, packedM, null, count, Width, _d, relu: false, add);
        }

        var db = frame.Contribute(bias, out var addBias);
        Elementwise.AddBiasGradient(db, du, Width, rows, Width, addBias);
        Gemm.WeightGradient(da, Width, frame.Value(target), _d, du, Width, rows, _d, Width, accumulate: false);
        var dw = frame.ContributeCleared(weight);
        Elementwise.AddTo(dw, da, block);
        Elementwise.AddTo(dw + block, dc, block);
        Elementwise.AddTo(dw + 2 * block, da, block);
        Elementwise.AxpyTo(dw + 2 * block, dc, -1, block);
        Elementwise.AddTo(dw + 3 * block, dd, block);
        if (dtarget is null) return;
        Gemm.Multiply(dv, _d, du, Width, packed + ForwardA, null, rows, Width, _d, relu: false, accumulate: true);
        if (addTarget) Elementwise.AddTo(dtarget, dv, (long)rows * _d);
        else Elementwise.Copy(dtarget, dv, (long)rows * _d);
    }

    // C, and behind it D
    private float* Matrices(float* packed, bool training) => packed + ForwardA + (training ? BackwardA : 0);

    private long Block => AlignedBlock.Round((long)_d * Width);

    private long ForwardA => AlignedBlock.Round((long)Gemm.PackedLength(_d, Width));

    private long BackwardA => AlignedBlock.Round((long)Gemm.PackedLength(Width, _d));

    private long MatrixRoom => Math.Max(ForwardA, BackwardA);
}
