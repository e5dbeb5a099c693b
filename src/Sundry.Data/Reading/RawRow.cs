using System.Text;

namespace Sundry.Data;

/// <summary>
/// One row of a table as the file holds it: fields of UTF-8 bytes with quotes removed and outer spaces trimmed. It is a view into its reader's
/// buffer and holds until the reader moves on.
/// </summary>
public readonly ref struct RawRow
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<int> _starts;
    private readonly ReadOnlySpan<int> _lengths;

    internal RawRow(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, string file, long line)
    {
        _bytes = bytes;
        _starts = starts;
        _lengths = lengths;
        File = file;
        Line = line;
    }

    /// <summary>A row of its own, from texts in the header's order; null is a missing value.</summary>
    /// <param name="fields">The fields' texts.</param>
    /// <param name="name">What messages call its origin.</param>
    public static RawRow Of(IReadOnlyList<string?> fields, string name = "row")
    {
        ArgumentNullException.ThrowIfNull(fields);
        var (starts, lengths) = (new int[fields.Count], new int[fields.Count]);
        var bytes = new List<byte>();
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = bytes.Count;
            bytes.AddRange(Encoding.UTF8.GetBytes(fields[i] ?? ""));
            lengths[i] = bytes.Count - starts[i];
        }

        return new RawRow(bytes.ToArray(), starts, lengths, name, 1);
    }

    /// <summary>How many fields the row has: as many as the header.</summary>
    public int Count => _starts.Length;

    /// <summary>The file that it came from, as the user named it.</summary>
    public string File { get; }

    /// <summary>The line that it begins on, counted from 1.</summary>
    public long Line { get; }

    /// <summary>A field's bytes, empty where the row has none; columns count from 0 in the header's order.</summary>
    public ReadOnlySpan<byte> this[int column] => _bytes.Slice(_starts[column], _lengths[column]);

    /// <summary>A field as text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(this[column]);
}
