namespace Sundry.Compute;

/// <summary>
/// y = x W + b of a scoring plan, where some columns of x are the same for all rows of a call: b' = b + x_s W_s once, then y = x_o W_o + b'.
/// </summary>
internal sealed unsafe class SplitLinearOp : Op, IPacked
{
    private readonly LinearOp _linear;
    private readonly SplitLinearOp? _first;
    private readonly SplitColumns _shared;
    private readonly SplitColumns _own;

    /// <param name="linear">The layer.</param>
    /// <param name="shared">The columns of its input that are shared.</param>
    /// <param name="own">The others.</param>
    /// <param name="first">One before it of the same input, which brings the columns together for both; null where there is none.</param>
    public SplitLinearOp(LinearOp linear, SplitColumns shared, SplitColumns own, SplitLinearOp? first)
        : base(linear.Width, linear.Groups, [.. shared.Reads.Union(own.Reads)])
    {
        _linear = linear;
        _first = first;
        (_shared, _own) = (shared, own);
    }

    /// <summary>The columns, for another layer of the same input.</summary>
    public (SplitColumns Shared, SplitColumns Own) Columns => (_shared, _own);

    public override BagNode? Tokens => null;

    public override ReadOnlySpan<Parameter> Parameters => _linear.Parameters;

    public override IPacked? Packed => this;

    /// <summary>Its shards meet once they know the shared part.</summary>
    public override bool Meets(bool training) => true;

    public override int SavedPerRow => _first is null ? _own.Stride : 0;

    // the shared columns, and b' (in the first shard)
    public override int SavedPerShard => (int)(AlignedBlock.Round(_shared.Stride) + AlignedBlock.Round(Width));

    public long PackedLength(bool training) => _own.PackedLength(Width) + _shared.PackedLength(Width) + Math.Max(_own.Room(Width), _shared.Room(Width));

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        if (part != 0) return;
        var weight = weights + _linear.Weight.Offset;
        var shared = packed + _own.PackedLength(Width);
        var room = shared + _shared.PackedLength(Width);
        _own.Pack(packed, room, weight, Width);
        _shared.Pack(shared, room, weight, Width);
    }

    public override void Survey(Frame frame)
    {
        if (frame.Rows == 0) return;
        var x = frame.ShardSaved(_first ?? this);
        if (_first is null) _shared.Bring(frame, 1, x);
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
        int from = Bound(panels * shard / shards * panel), to = Bound(panels * (shard + 1) / shards * panel);
        if (to <= from) return;
        var bias = _linear.Bias is null ? null : frame.Weights(_linear.Bias);
        _shared.Multiply(SharedPart(frame), x, frame.Packed[Output.Index] + _own.PackedLength(Width), bias, 1, Width, from, to, relu: false);
    }

    public override void Forward(Frame frame)
    {
        var own = frame.Saved(_first ?? this);
        if (_first is null) _own.Bring(frame, frame.Rows, own);
        _own.Multiply(frame.Value(Output), own, frame.Packed[Output.Index], SharedPart(frame), frame.Rows, Width, 0, Width, _linear.Activated.Relu);
    }

    public override void Backward(Frame frame) => throw new InvalidOperationException("a scoring plan has no way back");

    // a share that were as narrow as a head would be read as one
    private int Bound(int column) => column > 0 && Width - column <= Gemm.NarrowOutputs ? Width : Math.Min(column, Width);

    private float* SharedPart(Frame frame) => frame.Peers[0].ShardSaved(this) + AlignedBlock.Round(_shared.Stride);
}
