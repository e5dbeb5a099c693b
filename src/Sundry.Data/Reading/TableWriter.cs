using System.Text;

namespace Sundry.Data;

/// <summary>Writes delimited text as RFC 4180 has it, field by field; a field is quoted where it must be.</summary>
public sealed class TableWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly byte _delimiter;
    private readonly bool _leaveOpen;
    private byte[] _buffer = new byte[1 << 16];
    private int _used;
    private bool _begun;

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">Where the text goes, as UTF-8.</param>
    /// <param name="delimiter">What stands between two fields.</param>
    /// <param name="leaveOpen">Whether the stream stays open.</param>
    public TableWriter(Stream stream, char delimiter = ',', bool leaveOpen = false)
    {
        _stream = stream;
        _delimiter = checked((byte)delimiter);
        _leaveOpen = leaveOpen;
    }

    /// <summary>Writes the next field of the row.</summary>
    public void Field(ReadOnlySpan<byte> utf8)
    {
        Reserve(2 * utf8.Length + 3);
        if (_begun) _buffer[_used++] = _delimiter;
        _begun = true;
        bool quote = utf8.ContainsAny((byte)'"', (byte)'\n', (byte)'\r') || utf8.Contains(_delimiter) || (utf8.Length > 0 && (utf8[0] == ' ' || utf8[^1] == ' '));
        if (!quote)
        {
            utf8.CopyTo(_buffer.AsSpan(_used));
            _used += utf8.Length;
            return;
        }

        _buffer[_used++] = (byte)'"';
        foreach (byte b in utf8)
        {
            if (b == (byte)'"') _buffer[_used++] = b;
            _buffer[_used++] = b;
        }

        _buffer[_used++] = (byte)'"';
    }

    /// <summary>Writes the next field of the row.</summary>
    public void Field(string text) => Field(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a number as the next field, in the shortest form that reads back as the same; NaN as an empty field.</summary>
    public void Field(float number)
    {
        Span<byte> text = stackalloc byte[32];
        int length = 0;
        if (!float.IsNaN(number)) number.TryFormat(text, out length);
        Field(text[..length]);
    }

    /// <summary>Writes all fields of a row that was read; a list of values is joined by bars.</summary>
    public void Fields(RawRow row)
    {
        for (int i = 0; i < row.Count; i++)
        {
            var field = row[i];
            if (field.Length == 0 || field[0] != JsonLinesReader.ListMark)
            {
                Field(field);
                continue;
            }

            var joined = field[1..].ToArray();
            joined.AsSpan().Replace(JsonLinesReader.ListMark, (byte)'|');
            Field(joined);
        }
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        Reserve(1);
        _buffer[_used++] = (byte)'\n';
        _begun = false;
    }

    /// <summary>Hands what is buffered to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        if (!_leaveOpen) _stream.Dispose();
    }

    private void Reserve(int length)
    {
        if (_used + length <= _buffer.Length) return;
        Flush();
        if (length > _buffer.Length) _buffer = new byte[length];
    }
}
