using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>y = the table's rows of the ids, side by side. Their gradients are merged by row after the backward walk.</summary>
internal sealed unsafe class LookupOp(Table table, IdNode ids) : Op(checked(ids.Fields * table.Width), 1, []), ISparseOp
{
    public Table Table => table;

    public IdNode Ids => ids;

    public override bool NeedsGradient => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Frame frame)
    {
        var id = frame.Ids(ids);
        var y = frame.Value(Output);
        var stride = frame.Store.Stride(table);
        var width = table.Width;
        var rows = frame.Store.RowPointer(table, 0);
        var count = frame.Rows * ids.Fields;
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
        var dy = frame.Gradient(Output);
        into.AddAll(frame.Ids(ids), frame.Rows * ids.Fields, dy);
    }
}
