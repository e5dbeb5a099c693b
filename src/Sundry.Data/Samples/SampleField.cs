namespace Sundry.Data;

/// <summary>Where rows of a log have the text of a feature: in one column, or in several that are read as one text. Not for use by several threads at once.</summary>
/// <param name="columns">The columns.</param>
/// <param name="join">Makes one text of several.</param>
internal sealed class SampleField(IReadOnlyList<SampleColumn> columns, FieldJoin join)
{
    private readonly byte[] _buffer = new byte[64];

    /// <summary>The only column; null where there are several.</summary>
    public SampleColumn? Only => columns.Count == 1 ? columns[0] : null;

    /// <summary>Whether it says the same of every item that one user is shown at one moment.</summary>
    public bool IsOfRequest => columns.All(column => column.From is not (SampleColumn.Place.Item or SampleColumn.Place.OfItem or SampleColumn.Place.Price));

    /// <summary>The columns of the catalogue that alone say what it is; null where others have a say, or it is no text.</summary>
    public IReadOnlyList<NamedColumn>? OfItem => columns.All(column => column.Texts is not null && column.From is SampleColumn.Place.Item or SampleColumn.Place.OfItem)
        ? [.. columns.Select(column => column.Attribute).OfType<NamedColumn>()]
        : null;

    /// <summary>The text of a row, valid until the next is asked for.</summary>
    public ReadOnlySpan<byte> Bytes(in SampleRow row, in ShopEvent e, ReadOnlySpan<int> live)
    {
        if (columns.Count == 1) return columns[0].Bytes(row, e, live, _buffer);
        join.Clear();
        foreach (var column in columns) join.Add(column.Bytes(row, e, live, _buffer));
        return join.Text;
    }
}
