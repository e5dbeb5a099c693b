namespace Sundry.Data;

/// <summary>Where a table has the text of a feature: in one column, or, for a cross, a text or a vector, in several that are read as one. Not for use by several threads at once.</summary>
internal sealed class FieldSource
{
    // what no text has in it
    private const byte Mark = 0x1f;

    private readonly int[] _columns;
    private readonly byte[] _joint;
    private readonly FieldJoin? _join;
    private byte[] _text = [];

    private FieldSource(int[] columns, byte[] joint, MissingTexts missing)
    {
        _columns = columns;
        _joint = joint;
        if (joint.Length > 0) _join = new FieldJoin(missing);
    }

    /// <summary>The first of the columns.</summary>
    public int Column => _columns[0];

    /// <summary>Binds columns.</summary>
    /// <param name="header">The table's columns.</param>
    /// <param name="columns">Those that the feature is made from.</param>
    /// <param name="file">The table's file, for messages.</param>
    /// <param name="role">What they are, for messages.</param>
    /// <param name="joint">What stands between several of them; nothing where they are values of their own.</param>
    /// <param name="missing">Texts of missing values, of which nothing is left where fields are joined.</param>
    /// <exception cref="InputException">The table lacks one of them.</exception>
    public static FieldSource Bind(IReadOnlyList<string> header, IReadOnlyList<string> columns, string file, string role, ReadOnlySpan<byte> joint, MissingTexts missing)
    {
        var bound = new int[columns.Count];
        for (int i = 0; i < bound.Length; i++) bound[i] = header.Require(columns[i], file, role);
        return new FieldSource(bound, joint.ToArray(), missing);
    }

    /// <summary>The text, valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Read(RawRow row)
    {
        if (_columns.Length == 1) return row[_columns[0]];
        if (_join is not null) return _join.Of(row, _columns, _joint);
        int length = 0;
        foreach (int column in _columns)
        {
            var part = row[column];
            if (_text.Length < length + part.Length + 1) Array.Resize(ref _text, Math.Max(64, 2 * (length + part.Length + 1)));
            part.CopyTo(_text.AsSpan(length));
            length += part.Length;
            _text[length++] = Mark;
        }

        return _text.AsSpan(0, length);
    }
}
