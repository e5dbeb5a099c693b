namespace Sundry.Compute;

/// <summary>y = the table's rows of the ids, side by side. Their gradients are merged by row after the backward walk.</summary>
internal sealed unsafe class LookupOp(Table table, IdNode ids) : Op(checked(ids.Fields * table.Width), 1, []), ISparseOp
{
    public Table Table => table;

    public IdNode Ids => ids;

    public override bool NeedsGradient => true;

    public override void Forward(Frame frame)
    {
        var id = frame.Ids(ids);
        var y = frame.Value(Output);
        var stride = frame.Store.Stride(table);
        var width = table.Width;
        var rows = frame.Store.RowPointer(table, 0);
        for (var i = 0; i < frame.Rows * ids.Fields; i++)
            EmbeddingRow.Copy(y + (long)i * width, rows + (long)id[i] * stride, width);
    }

    public override void Backward(Frame frame)
    {
    }

    public void Scatter(Frame frame, RowGradients into)
    {
        var id = frame.Ids(ids);
        var dy = frame.Gradient(Output);
        for (var i = 0; i < frame.Rows * ids.Fields; i++)
            if (into.Takes(id[i]))
                into.Add(id[i], dy + (long)i * table.Width, 1);
    }
}
