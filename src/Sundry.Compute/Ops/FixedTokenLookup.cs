namespace Sundry.Compute;

/// <summary>y_t = the table's row of token t; nothing goes back to it.</summary>
internal sealed unsafe class FixedTokenLookupOp(Table table, BagNode bag) : Op(table.Width, 1, []), IBagOp
{
    public Table Table => table;

    public BagNode Bag => bag;

    public override BagNode? Tokens => bag.Lead;

    public override void Forward(Frame frame)
    {
        var id = frame.BagIds(bag) + frame.FirstRow;
        var y = frame.Value(Output);
        for (var t = 0; t < frame.Rows; t++)
            EmbeddingRow.Copy(y + (long)t * Width, frame.Store.RowPointer(table, id[t]), Width);
    }

    public override void Backward(Frame frame)
    {
    }
}
