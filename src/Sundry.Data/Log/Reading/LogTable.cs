namespace Sundry.Data;

/// <summary>A table of a log, row by row: from files or from a database.</summary>
internal abstract class LogTable : IDisposable
{
    /// <summary>What messages call the table before a row of it is known.</summary>
    public abstract string Name { get; }

    /// <summary>The columns' names, in order.</summary>
    public abstract IReadOnlyList<string> Header { get; }

    /// <summary>The row that the last <see cref="Read"/> found.</summary>
    public abstract RawRow Current { get; }

    /// <summary>Rows that were left out as bad ones.</summary>
    public abstract RefusedRows Refused { get; }

    /// <summary>Rows read so far, refused ones among them.</summary>
    public abstract long RowsRead { get; }

    /// <summary>The share that has been read, 0..1; 0 where nobody knows.</summary>
    public abstract double Progress { get; }

    /// <summary>Which of the table's files the current row is from: order is only expected within one.</summary>
    public abstract int File { get; }

    /// <summary>Opens a table.</summary>
    /// <exception cref="InputException">It cannot be opened.</exception>
    public static LogTable Open(LogTableOptions options, LogRequest request, bool mayBeEmpty) => options.Query is null
        ? new FileTable(TableReader.Open(options.Files, options.Reading(request.Data, request.BaseDirectory) with { MayBeEmpty = mayBeEmpty }))
        : new QueryTable(options.Database!, options.Query, request);

    /// <summary>Moves to the next row; false after the last one.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public abstract bool Read();

    /// <summary>Ends the reading with what is wrong with the current row, or counts it, as the configuration asks.</summary>
    /// <param name="problem">What is wrong, as one sentence.</param>
    /// <param name="column">The column to blame, from 0; -1 where none is.</param>
    public abstract void Refuse(string problem, int column = -1);

    /// <summary>The place of the column that the configuration calls <paramref name="ours"/>, or -1.</summary>
    /// <exception cref="InputException">The configuration gives it a name that the table does not have.</exception>
    public int Find(string ours, params ReadOnlySpan<IReadOnlyDictionary<string, string>> columns)
    {
        foreach (var map in columns)
            if (map.TryGetValue(ours, out var theirs)) return Header.Require(theirs, Name, $"which columns.{ours} names");
        return Header.IndexOf(ours);
    }

    /// <summary>As <see cref="Find"/>, where the table is of no use without the column.</summary>
    /// <exception cref="InputException">There is no such column.</exception>
    public int Require(string ours, IReadOnlyDictionary<string, string> columns) => Find(ours, columns) is >= 0 and var place
        ? place
        : throw Lacks(ours);

    /// <summary>What to say of a column that is not there.</summary>
    public InputException Lacks(string ours) =>
        new($"there is no column '{ours}'; map it, as in columns: {{{ours}: {NearestName.Of(ours, Header) ?? Header[0]}}} (the columns here are {string.Join(", ", Header.Take(12))})", Name);

    public abstract void Dispose();
}
