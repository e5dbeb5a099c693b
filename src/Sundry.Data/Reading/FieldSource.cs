namespace Sundry.Data;

/// <summary>Where a table has the text of a feature: in one column, or in several that are read as one text. Not for use by several threads at once.</summary>
internal sealed class FieldSource
{
    private readonly int[] _columns;
    private readonly FieldJoin _join;

    private FieldSource(int[] columns, FieldJoin join) => (_columns, _join) = (columns, join);

    /// <summary>The first of the columns.</summary>
    public int Column => _columns[0];

    /// <summary>Binds columns.</summary>
    /// <param name="header">The table's columns.</param>
    /// <param name="columns">Those that the feature is made from.</param>
    /// <param name="join">Makes one text of several.</param>
    /// <param name="file">The table's file, for messages.</param>
    /// <param name="role">What they are, for messages.</param>
    /// <exception cref="InputException">The table lacks one of them.</exception>
    public static FieldSource Bind(IReadOnlyList<string> header, IReadOnlyList<string> columns, FieldJoin join, string file, string role) =>
        new([.. columns.Select(name => header.Require(name, file, role))], join);

    /// <summary>The text, valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Read(RawRow row)
    {
        if (_columns.Length == 1) return row[_columns[0]];
        _join.Clear();
        foreach (int column in _columns) _join.Add(row[column]);
        return _join.Text;
    }
}
