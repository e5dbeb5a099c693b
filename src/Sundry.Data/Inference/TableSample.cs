namespace Sundry.Data;

/// <summary>Rows spread evenly over a table, in the table's order, column by column.</summary>
internal sealed class TableSample
{
    /// <summary>At most this many rows are kept; more than half of it where the table has them.</summary>
    public const int MostRows = 50_000;

    /// <summary>At most this many rows are read.</summary>
    public const int MostRowsRead = 2_000_000;

    private TableSample(ColumnSample[] columns, long rowsRead, bool whole)
    {
        Columns = columns;
        RowsRead = rowsRead;
        Whole = whole;
    }

    public IReadOnlyList<ColumnSample> Columns { get; }

    /// <summary>Rows that were kept.</summary>
    public int Rows => Columns[0].Rows;

    public long RowsRead { get; }

    /// <summary>Whether the table was read to its end.</summary>
    public bool Whole { get; }

    /// <summary>Reads every row, then, each time the sample is full, drops every other one and reads on with twice the step.</summary>
    public static TableSample Read(TableReader reader, MissingTexts missing, int mostRows = MostRows)
    {
        var columns = reader.Header.Select(name => new ColumnSample(name)).ToArray();
        long step = 1;
        long row = 0;
        bool more;
        while ((more = reader.Read()) && row < MostRowsRead)
        {
            bool kept = row % step == 0;
            if (kept && columns[0].Rows == mostRows)
            {
                foreach (var column in columns) column.Thin();
                step *= 2;
                kept = row % step == 0;
            }

            row++;
            var fields = reader.Current;
            for (int i = 0; i < columns.Length; i++)
            {
                if (kept) columns[i].Add(fields[i]);
                else columns[i].LookAt(fields[i], missing);
            }
        }

        return new TableSample(columns, row, !more);
    }
}
