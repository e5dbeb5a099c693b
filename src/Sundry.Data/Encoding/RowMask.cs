using System.Text;

namespace Sundry.Data;

/// <summary>A task's <c>where:</c>, bound to the columns of one table.</summary>
internal sealed class RowMask
{
    private readonly RowFilter _filter;
    private readonly int[] _columns;
    private readonly int[] _ends;
    private readonly RowFilter.Field _field;
    private char[] _text = new char[256];

    private RowMask(RowFilter filter, int[] columns)
    {
        _filter = filter;
        _columns = columns;
        _ends = new int[columns.Length + 1];
        _field = Field;
    }

    /// <summary>Binds a condition; null where the table lacks one of its columns, which is then <paramref name="absent"/>.</summary>
    public static RowMask? Bind(string where, IReadOnlyList<string> header, out string? absent)
    {
        var filter = RowFilter.Parse(where);
        var columns = new int[filter.Columns.Count];
        absent = null;
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = header.IndexOf(filter.Columns[i]);
            if (columns[i] < 0) absent ??= filter.Columns[i];
        }

        return absent is null ? new RowMask(filter, columns) : null;
    }

    /// <summary>Whether the task is defined on the row.</summary>
    public bool Matches(RawRow row)
    {
        // a row is a view that no delegate may hold, so its texts are laid out first
        int used = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            var field = row[_columns[i]];
            if (_text.Length - used < field.Length) Array.Resize(ref _text, Math.Max(used + field.Length, _text.Length * 2));
            used += Encoding.UTF8.GetChars(field, _text.AsSpan(used));
            _ends[i + 1] = used;
        }

        return _filter.Matches(_field);
    }

    private ReadOnlySpan<char> Field(int column) => _text.AsSpan(_ends[column], _ends[column + 1] - _ends[column]);
}
