namespace Sundry.Data;

/// <summary>Rows of a table, evenly spread over it, column by column.</summary>
internal sealed class LeakageSample
{
    private const int BatchRows = 2048;

    public LeakageSample(EncodedTable table, int mostRows)
    {
        var layout = table.Layout;
        int rows = Math.Min(table.Count, mostRows);
        Ids = Columns<int>(layout.Ids.Count, rows);
        Numbers = Columns<float>(layout.Numbers.Count, rows);
        Labels = Columns<float>(layout.Tasks.Count, rows);
        BagEnds = Columns<int>(layout.Bags.Count, rows);
        BagIds = new IntList[layout.Bags.Count];
        for (int bag = 0; bag < BagIds.Length; bag++) BagIds[bag] = new IntList();
        var batch = new Batch(layout, Math.Min(BatchRows, Math.Max(1, rows)));
        var wanted = new int[batch.Capacity];
        for (int first = 0; first < rows; first += batch.Capacity)
        {
            int count = Math.Min(batch.Capacity, rows - first);
            for (int i = 0; i < count; i++) wanted[i] = (int)((long)(first + i) * table.Count / rows);
            table.Fill(batch, wanted.AsSpan(0, count));
            Scatter(batch.Ids, Ids, first, count);
            Scatter(batch.Numbers, Numbers, first, count);
            Scatter(batch.Labels, Labels, first, count);
            for (int bag = 0; bag < BagIds.Length; bag++)
            {
                int before = BagIds[bag].Count;
                batch.BagIds[bag].AsSpan(0, batch.BagOffsets[bag][count]).CopyTo(BagIds[bag].Extend(batch.BagOffsets[bag][count]));
                for (int i = 0; i < count; i++) BagEnds[bag][first + i] = before + batch.BagOffsets[bag][i + 1];
            }
        }
    }

    /// <summary>[column][row]</summary>
    public int[][] Ids { get; }

    /// <summary>[column][row]</summary>
    public float[][] Numbers { get; }

    /// <summary>[task][row]</summary>
    public float[][] Labels { get; }

    /// <summary>[bag][row] where the row's ids end in <see cref="BagIds"/>.</summary>
    public int[][] BagEnds { get; }

    public IntList[] BagIds { get; }

    private static T[][] Columns<T>(int columns, int rows)
    {
        var result = new T[columns][];
        for (int i = 0; i < columns; i++) result[i] = new T[rows];
        return result;
    }

    private static void Scatter<T>(T[] matrix, T[][] columns, int first, int rows)
    {
        for (int column = 0; column < columns.Length; column++)
            for (int i = 0; i < rows; i++) columns[column][first + i] = matrix[i * columns.Length + column];
    }
}
