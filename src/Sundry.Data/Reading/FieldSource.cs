namespace Sundry.Data;

/// <summary>Where a table has the text of a feature: in one column, or, for a cross, in several that are read as one text. Not for use by several threads at once.</summary>
internal sealed class FieldSource
{
    // what no text has in it
    private const byte Mark = 0x1f;

    private readonly int[] _columns;
    private byte[] _text = [];

    private FieldSource(int[] columns) => _columns = columns;

    /// <summary>The first of the columns.</summary>
    public int Column => _columns[0];

    /// <summary>Binds columns.</summary>
    /// <param name="header">The table's columns.</param>
    /// <param name="columns">Those that the feature is made from.</param>
    /// <param name="file">The table's file, for messages.</param>
    /// <param name="role">What they are, for messages.</param>
    /// <exception cref="InputException">The table lacks one of them.</exception>
    public static FieldSource Bind(IReadOnlyList<string> header, IReadOnlyList<string> columns, string file, string role) =>
        new([.. columns.Select(name => header.Require(name, file, role))]);

    /// <summary>The text, valid until the next row is read.</summary>
    public ReadOnlySpan<byte> Read(RawRow row)
    {
        if (_columns.Length == 1) return row[_columns[0]];
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
