namespace Sundry.Compute;

/// <summary>An op of a scoring plan whose inputs are the same for all rows of a call: computed for the first row, and repeated.</summary>
internal sealed unsafe class OnceOp(Op inner) : Op(inner.Width, inner.Groups, inner.Inputs)
{
    public Op Inner => inner;

    public override BagNode? Tokens => inner.Tokens;

    public override bool CrossesLevels => inner.CrossesLevels;

    public override ReadOnlySpan<Parameter> Parameters => inner.Parameters;

    public override IPacked? Packed => inner.Packed;

    public override int SavedPerRow => inner.SavedPerRow;

    public override int SavedPerShard => inner.SavedPerShard;

    public override void Forward(Frame frame)
    {
        var tokens = Tokens;
        frame.Enter(null);
        var (first, rows, batch) = (frame.FirstRow, frame.Rows, frame.BatchRows);
        if (rows == 0) return;
        // every shard computes the row itself: waiting for another one's would take as long
        frame.Begin(0, 1, 1, frame.Noise);
        frame.Enter(tokens);
        inner.Forward(frame);
        frame.Begin(first, rows, batch, frame.Noise);
        // tokens of one row are read by what is computed once as well
        if (tokens is not null) return;
        var y = frame.Value(Output);
        for (var r = 1; r < rows; r++) Elementwise.Copy(y + (long)r * Width, y, Width);
    }

    public override void Backward(Frame frame) => throw new InvalidOperationException("a scoring plan has no way back");
}
