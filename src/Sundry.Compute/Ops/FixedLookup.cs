namespace Sundry.Compute;

/// <summary>y = the table's rows of the ids, side by side; nothing goes back to them.</summary>
internal sealed unsafe class FixedLookupOp(Table table, IdNode ids) : Op(checked(ids.Fields * table.Width), 1, [])
{
    public Table Table => table;

    public IdNode Ids => ids;

    public override void Forward(Frame frame)
    {
        var id = frame.Ids(ids);
        var y = frame.Value(Output);
        for (var i = 0; i < frame.Rows * ids.Fields; i++)
            EmbeddingRow.Copy(y + (long)i * table.Width, frame.Store.RowPointer(table, id[i]), table.Width);
    }

    public override void Backward(Frame frame)
    {
    }
}
