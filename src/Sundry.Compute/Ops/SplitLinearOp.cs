namespace Sundry.Compute;

/// <summary>
/// y = x W + b of a scoring plan, where some columns of x are the same for all rows of a call: b' = b + x_s W_s once, then y = x_o W_o + b'. Where
/// there is memory for it, x_o W_o is taken over from an earlier call that had the same row, to the same bits.
/// </summary>
internal sealed unsafe class SplitLinearOp : Op, IPacked
{
    private readonly LinearOp _linear;
    private readonly SplitLinearOp? _first;
    private readonly Node _x;
    private readonly Range[] _shared;
    private readonly Range[] _own;
    private readonly int _sharedWidth;
    private readonly int _ownWidth;
    private readonly int _offset;
    private readonly long _bytes;
    // of the first alone: the width of all that follow it, itself included, and what the present call's rows are in its memory
    private int _allWidth;
    private RowMemo? _memo;
    private bool _remembers;
    private int[] _places = [];
    private bool[] _known = [];
    private int _unknown;

    /// <param name="linear">The layer.</param>
    /// <param name="shared">By column of its input: whether it is shared; some are and some are not.</param>
    /// <param name="first">One before it of the same input, which brings the columns together for both; null where there is none.</param>
    /// <param name="bytes">Memory for rows that come again, for all layers of the same input together; 0 for none.</param>
    public SplitLinearOp(LinearOp linear, bool[] shared, SplitLinearOp? first, long bytes)
        : base(linear.Width, linear.Groups, linear.Inputs)
    {
        _linear = linear;
        _first = first;
        _x = linear.Inputs[0];
        _shared = Ranges(shared, true);
        _own = Ranges(shared, false);
        _sharedWidth = shared.Count(s => s);
        _ownWidth = shared.Length - _sharedWidth;
        _bytes = bytes;
        _offset = Lead._allWidth;
        Lead._allWidth += linear.Width;
    }

    public override ReadOnlySpan<Parameter> Parameters => _linear.Parameters;

    public override IPacked? Packed => this;

    /// <summary>Its shards meet once they know the shared part.</summary>
    public override bool Meets(bool training) => true;

    // the row's own columns, side by side
    public override int SavedPerRow => _first is null ? _ownWidth : 0;

    // the shared columns, and b' (in the first shard)
    public override int SavedPerShard => (int)(AlignedBlock.Round(_sharedWidth) + AlignedBlock.Round(Width));

    // both parts packed, and room to bring their weights together
    public long PackedLength(bool training) => OwnLength + SharedLength + (long)_x.Width * Width;

    public void Pack(float* packed, float* weights, bool training, int part, int parts)
    {
        if (part != 0) return;
        _memo?.Clear();
        var room = packed + OwnLength + SharedLength;
        Pack(packed, room, weights + _linear.Weight.Offset, _own, _ownWidth);
        Pack(packed + OwnLength, room, weights + _linear.Weight.Offset, _shared, _sharedWidth);
    }

    public override void Survey(Frame frame)
    {
        if (frame.Rows == 0) return;
        var x = frame.ShardSaved(_first ?? this);
        if (_first is null) Bring(x, frame.Value(_x), _shared);
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
        var bias = _linear.Bias is null ? null : frame.Weights(_linear.Bias) + from;
        Gemm.Multiply(SharedPart(frame) + from, Width, x, _sharedWidth, frame.Packed[Output.Index] + OwnLength + (long)_sharedWidth * from, bias,
            1, _sharedWidth, to - from, relu: false, accumulate: false);
    }

    public override void Forward(Frame frame)
    {
        var own = frame.Saved(Lead);
        if (_first is null)
        {
            for (var r = 0; r < frame.Rows; r++) Bring(own + (long)r * _ownWidth, frame.Value(_x) + (long)r * _x.Width, _own);
            _remembers = _bytes > 0 && frame.Peers.Length == 1 && (_memo ??= new RowMemo(_ownWidth, _allWidth, _bytes)).Begin(frame.Rows);
            if (_remembers) Recall(own, frame.Rows);
        }

        var y = frame.Value(Output);
        if (!Lead._remembers)
        {
            Gemm.Multiply(y, Width, own, _ownWidth, frame.Packed[Output.Index], SharedPart(frame), frame.Rows, _ownWidth, Width, _linear.Activated.Relu, accumulate: false);
            return;
        }

        Gemm.Multiply(y, Width, own, _ownWidth, frame.Packed[Output.Index], null, Lead._unknown, _ownWidth, Width, relu: false, accumulate: false);
        Spread(y, SharedPart(frame), frame.Rows);
    }

    public override void Backward(Frame frame) => throw new InvalidOperationException("a scoring plan has no way back");

    private SplitLinearOp Lead => _first ?? this;

    // brings the rows that are not known to the front
    private void Recall(float* own, int rows)
    {
        if (_places.Length < rows) (_places, _known) = (new int[rows], new bool[rows]);
        _unknown = 0;
        for (var r = 0; r < rows; r++)
        {
            var row = own + (long)r * _ownWidth;
            _places[r] = _memo!.Find(row, out _known[r]);
            if (_known[r]) continue;
            if (_unknown < r) Elementwise.Copy(own + (long)_unknown * _ownWidth, row, _ownWidth);
            _unknown++;
        }
    }

    // from the last row to the first, so that none is written over that has yet to be moved
    private void Spread(float* y, float* shared, int rows)
    {
        var lead = Lead;
        var at = lead._unknown;
        for (var r = rows - 1; r >= 0; r--)
        {
            var place = lead._places[r];
            var kept = place < 0 ? null : lead._memo!.Value(place) + _offset;
            var from = lead._known[r] ? kept : y + (long)--at * Width;
            if (from != kept && kept is not null) Elementwise.Copy(kept, from, Width);
            var to = y + (long)r * Width;
            Elementwise.Add(to, from, shared, Width);
            if (_linear.Activated.Relu) Activations.Relu(to, to, Width);
        }
    }

    // a share that were as narrow as a head would be read as one
    private int Bound(int column) => column > 0 && Width - column <= Gemm.NarrowOutputs ? Width : column;

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
