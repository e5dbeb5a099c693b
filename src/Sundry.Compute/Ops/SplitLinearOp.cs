namespace Sundry.Compute;

/// <summary>
/// y = x W + b of a scoring plan, where some columns of x are the same for all rows of a call: b' = b + x_s W_s once, then y = x_o W_o + b'.
/// </summary>
internal sealed unsafe class SplitLinearOp : Op, IPacked
{
    private readonly LinearOp _linear;
    private readonly Node _x;
    private readonly Range[] _shared;
    private readonly Range[] _own;
    private readonly int _sharedWidth;
    private readonly int _ownWidth;

    /// <param name="linear">The layer.</param>
    /// <param name="shared">By column of its input: whether it is shared; some are and some are not.</param>
    public SplitLinearOp(LinearOp linear, bool[] shared)
        : base(linear.Width, linear.Groups, linear.Inputs)
    {
        _linear = linear;
        _x = linear.Inputs[0];
        _shared = Ranges(shared, true);
        _own = Ranges(shared, false);
        _sharedWidth = shared.Count(s => s);
        _ownWidth = shared.Length - _sharedWidth;
    }

    public override ReadOnlySpan<Parameter> Parameters => _linear.Parameters;

    public override IPacked? Packed => this;

    /// <summary>Its shards meet once they know the shared part.</summary>
    public override bool Meets(bool training) => true;

    // the row's own columns, side by side
    public override int SavedPerRow => _ownWidth;

    // the shared columns, and b' (in the first shard)
    public override int SavedPerShard => (int)(AlignedBlock.Round(_sharedWidth) + AlignedBlock.Round(Width));

    // both parts packed, and room to bring their weights together
    public long PackedLength(bool training) => OwnLength + SharedLength + (long)_x.Width * Width;

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        if (part != 0) return;
        var room = packed + OwnLength + SharedLength;
        Pack(packed, room, weights + _linear.Weight.Offset, _own, _ownWidth);
        Pack(packed + OwnLength, room, weights + _linear.Weight.Offset, _shared, _sharedWidth);
    }

    public override void Survey(Frame frame)
    {
        if (frame.Rows == 0) return;
        var x = frame.ShardSaved(this);
        Bring(x, frame.Value(_x), _shared);
        // each shard that has rows computes its share of the panels
        int shards = 0, shard = 0;
        foreach (var peer in frame.Peers)
        {
            if (peer.Sequences == 0) continue;
            if (peer == frame) shard = shards;
            shards++;
        }

        var panel = 2 * Simd.Lanes;
        var panels = (Width + panel - 1) / panel;
        int from = panels * shard / shards * panel, to = Math.Min(Width, panels * (shard + 1) / shards * panel);
        if (to <= from) return;
        var bias = _linear.Bias is null ? null : frame.Weights(_linear.Bias) + from;
        Gemm.Multiply(SharedPart(frame) + from, Width, x, _sharedWidth, frame.Packed[Output.Index] + OwnLength + (long)_sharedWidth * from, bias,
            1, _sharedWidth, to - from, relu: false, accumulate: false);
    }

    public override void Forward(Frame frame)
    {
        var own = frame.Saved(this);
        for (var r = 0; r < frame.Rows; r++) Bring(own + (long)r * _ownWidth, frame.Value(_x) + (long)r * _x.Width, _own);
        Gemm.Multiply(frame.Value(Output), Width, own, _ownWidth, frame.Packed[Output.Index], SharedPart(frame),
            frame.Rows, _ownWidth, Width, _linear.Activated.Relu, accumulate: false);
    }

    public override void Backward(Frame frame) => throw new InvalidOperationException("a scoring plan has no way back");

    private long OwnLength => AlignedBlock.Round((long)Gemm.PackedLength(_ownWidth, Width));

    private long SharedLength => AlignedBlock.Round((long)Gemm.PackedLength(_sharedWidth, Width));

    private float* SharedPart(Frame frame) => frame.Peers[0].ShardSaved(this) + AlignedBlock.Round(_sharedWidth);

    private void Pack(float* packed, float* room, float* weight, Range[] rows, int count)
    {
        var to = room;
        foreach (var range in rows)
        {
            Elementwise.Copy(to, weight + (long)range.Start * Width, (long)range.Length * Width);
            to += (long)range.Length * Width;
        }

        Gemm.Pack(packed, room, Width, count, Width);
    }

    private static void Bring(float* to, float* row, Range[] columns)
    {
        foreach (var range in columns)
        {
            Elementwise.Copy(to, row + range.Start, range.Length);
            to += range.Length;
        }
    }

    private static Range[] Ranges(bool[] shared, bool which)
    {
        var ranges = new List<Range>();
        for (int start = 0, end; start < shared.Length; start = end)
        {
            end = start + 1;
            while (end < shared.Length && shared[end] == shared[start]) end++;
            if (shared[start] == which) ranges.Add(new Range(start, end - start));
        }

        return [.. ranges];
    }

    private readonly record struct Range(int Start, int Length);
}
