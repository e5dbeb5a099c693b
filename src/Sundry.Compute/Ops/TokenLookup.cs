using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>y_t = the table's row of token t. The gradients are merged by row after the backward walk, as those of <see cref="LookupOp"/>.</summary>
internal sealed unsafe class TokenLookupOp(Table table, BagNode bag) : Op(table.Width, 1, []), ISparseOp, IBagOp
{
    public Table Table => table;

    public BagNode Bag => bag;

    public override BagNode? Tokens => bag.Lead;

    public override bool NeedsGradient => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Frame frame)
    {
        var id = frame.BagIds(bag) + frame.FirstRow;
        var y = frame.Value(Output);
        var stride = frame.Store.Stride(table);
        var width = table.Width;
        var rows = frame.Store.RowPointer(table, 0);
        var count = frame.Rows;
        for (var i = 0; i < count; i++)
        {
            if (i + Prefetch.Ahead < count) Prefetch.Row(rows + (long)id[i + Prefetch.Ahead] * stride, width);
            EmbeddingRow.Copy(y + (long)i * width, rows + (long)id[i] * stride, width);
        }
    }

    public override void Backward(Frame frame)
    {
    }

    public void Scatter(Frame frame, RowGradients into)
    {
        var offsets = frame.Offsets(bag.Lead);
        into.AddAll(frame.BagIds(bag) + offsets[0], offsets[frame.Sequences] - offsets[0], frame.Gradient(Output));
    }
}
