namespace Sundry.Data;

/// <summary>Rows that were left out because they could not be read: all are counted, the first 100 kept.</summary>
public sealed class RefusedRows
{
    private const int Kept = 100;
    private readonly List<RefusedRow> _first = [];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them, in reading order.</summary>
    public IReadOnlyList<RefusedRow> First => _first;

    /// <summary>Counts rows; the first of them is kept while there is room.</summary>
    /// <param name="row">The row, or the first of several with the same reason.</param>
    /// <param name="rows">How many there are.</param>
    internal void Add(RefusedRow row, long rows = 1)
    {
        Count += rows;
        if (_first.Count < Kept) _first.Add(row);
    }

    /// <summary>Counts all that others have counted.</summary>
    internal void Add(RefusedRows others)
    {
        Count += others.Count;
        foreach (var row in others.First)
            if (_first.Count < Kept) _first.Add(row);
    }
}
