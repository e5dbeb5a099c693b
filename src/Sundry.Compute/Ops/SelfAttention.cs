namespace Sundry.Compute;

public sealed partial class Node
{
    /// <summary>
    /// Scaled dot-product attention among the tokens of each row, head by head: y_t = Σ_s softmax_s(q_t · k_s / √(width / heads)) v_s (Vaswani et al., 2017). This node holds the
    /// queries. A token sees tokens of its own row alone, so that there is no padding to leave out.
    /// </summary>
    /// <param name="keys">[tokens, width].</param>
    /// <param name="values">[tokens, width].</param>
    /// <param name="heads">Parts of the width that attend by themselves.</param>
    /// <param name="causal">Whether a token sees itself and those before it only.</param>
    /// <exception cref="ArgumentException">They differ in width or tokens, or the width cannot be divided among the heads.</exception>
    public Node SelfAttention(Node keys, Node values, int heads, bool causal)
    {
        if (heads < 1 || Width % heads != 0) throw new ArgumentException($"a width of {Width} cannot be divided among {heads} heads", nameof(heads));
        return Graph.Add(new SelfAttentionOp(OfTokens(), Same(keys), Same(values), heads, causal));
    }
}

/// <summary>y = softmax(q kᵀ / √d) v within each row and head. The weights are computed anew on the way back: they would take more memory than all else.</summary>
internal sealed unsafe class SelfAttentionOp(Node q, Node k, Node v, int heads, bool causal) : Op(q.Width, 1, [q, k, v])
{
    private readonly int _d = q.Width / heads;
    private readonly float _scale = (float)(1 / Math.Sqrt(q.Width / heads));

    public int Heads => heads;

    public bool Causal => causal;

    public override void Forward(Frame frame)
    {
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < frame.Sequences; r++)
        {
            int first = offsets[r] - offsets[0], n = offsets[r + 1] - offsets[r];
            if (n == 0) continue;
            var packed = frame.Scratch(Square(n) + PackedRoom(n));
            var p = packed + PackedRoom(n);
            for (var h = 0; h < heads; h++)
            {
                var at = (long)first * Width + h * _d;
                Weigh(p, packed, frame.Value(q) + at, frame.Value(k) + at, n);
                Gemm.Pack(packed, frame.Value(v) + at, Width, n, _d);
                Gemm.Multiply(frame.Value(Output) + at, Width, p, n, packed, null, n, n, _d, relu: false, accumulate: false);
            }
        }
    }

    public override void Backward(Frame frame)
    {
        var dq = frame.ContributeCleared(q);
        var dk = frame.ContributeCleared(k);
        var dv = frame.ContributeCleared(v);
        var offsets = frame.Offsets(Tokens!);
        for (var r = 0; r < frame.Sequences; r++)
        {
            int first = offsets[r] - offsets[0], n = offsets[r + 1] - offsets[r];
            if (n == 0) continue;
            var packed = frame.Scratch(2 * Square(n) + PackedRoom(n));
            var p = packed + PackedRoom(n);
            var dp = p + Square(n);
            for (var h = 0; h < heads; h++)
            {
                var at = (long)first * Width + h * _d;
                var dy = frame.Gradient(Output) + at;
                Weigh(p, packed, frame.Value(q) + at, frame.Value(k) + at, n);
                if (dv is not null) Gemm.WeightGradient(dv + at, Width, p, n, dy, Width, n, n, _d, accumulate: true);
                if (dq is null && dk is null) continue;
                Gemm.PackTransposed(packed, frame.Value(v) + at, Width, n, _d);
                Gemm.Multiply(dp, n, dy, Width, packed, null, n, _d, n, relu: false, accumulate: false);
                // a weight of 0 passes nothing on, so that what no token may see needs no other care
                Softmaxes.SoftmaxGradient(dp, dp, p, n, n, accumulate: false);
                Elementwise.ScaleTo(dp, dp, _scale, (long)n * n);
                if (dk is not null) Gemm.WeightGradient(dk + at, Width, dp, n, frame.Value(q) + at, Width, n, n, _d, accumulate: true);
                if (dq is null) continue;
                Gemm.Pack(packed, frame.Value(k) + at, Width, n, _d);
                Gemm.Multiply(dq + at, Width, dp, n, packed, null, n, n, _d, relu: false, accumulate: true);
            }
        }
    }

    // p = softmax(q kᵀ / √d), 0 for what a token may not see
    private void Weigh(float* p, float* packed, float* queries, float* keys, int n)
    {
        Gemm.PackTransposed(packed, keys, Width, n, _d);
        Gemm.Multiply(p, n, queries, Width, packed, null, n, _d, n, relu: false, accumulate: false);
        Elementwise.ScaleTo(p, p, _scale, (long)n * n);
        if (!causal)
        {
            Softmaxes.Softmax(p, p, n, n);
            return;
        }

        for (var t = 0; t < n; t++)
        {
            var row = p + (long)t * n;
            Softmaxes.Softmax(row, row, 1, t + 1);
            Elementwise.Fill(row + t + 1, 0, n - t - 1);
        }
    }

    private static long Square(int n) => AlignedBlock.Round((long)n * n);

    // room for the keys, turned or not, and for the values
    private long PackedRoom(int n) => AlignedBlock.Round((long)Math.Max(Gemm.PackedLength(_d, n), Gemm.PackedLength(n, _d)));
}
