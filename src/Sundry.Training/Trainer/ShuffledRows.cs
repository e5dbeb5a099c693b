namespace Sundry.Training;

/// <summary>All rows of a table, in another order in each epoch.</summary>
/// <param name="rows">Rows of the table.</param>
/// <param name="batchRows">Rows a batch; the last may be short.</param>
internal sealed class ShuffledRows(int rows, int batchRows) : IRowDraw
{
    private readonly int[] _order = new int[rows];

    public int Steps(int epoch) => (rows + batchRows - 1) / batchRows;

    public long Rows(int epoch) => rows;

    public void Draw(ulong seed, int epoch) => RowOrder.Shuffle(_order, seed, epoch);

    public ReadOnlySpan<int> Batch(int step) => _order.AsSpan(step * batchRows, Math.Min(batchRows, rows - step * batchRows));
}
