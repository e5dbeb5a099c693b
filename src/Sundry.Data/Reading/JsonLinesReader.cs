using System.Text;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// One JSON object a line. The columns are the keys of the rows in the first window (256 KiB or one row), in order of appearance; a key that a row lacks
/// is missing there. A list of plain values becomes <see cref="ListMark"/> before each value, which bags understand.
/// </summary>
internal sealed class JsonLinesReader : RecordReader
{
    /// <summary>Stands before each value of a list: the unit separator, which no sane text holds.</summary>
    public const byte ListMark = 0x1f;

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly byte[][] _keys;
    private byte[] _scratch = new byte[1024];
    private int _used;
    private int _next;

    public JsonLinesReader(TextBuffer text, string name, IReadOnlyList<string> columns)
        : base(text, name)
    {
        if (columns.Count > 0) Header = [.. columns];
        else CollectKeys();
        CheckHeader(1);
        _keys = new byte[Header.Length][];
        for (int i = 0; i < Header.Length; i++)
        {
            _columns[Header[i]] = i;
            _keys[i] = Encoding.UTF8.GetBytes(Header[i]);
        }

        Starts = new int[Header.Length];
        Lengths = new int[Header.Length];
        _next = text.Start;
        Line = 0;
    }

    public override Found Next()
    {
        while (true)
        {
            Text.Start = _next;
            if (!FindLine(out int end)) return Found.End;
            Line++;
            _next = Math.Min(end + 1, Text.Limit);
            var line = Text.Bytes.AsSpan(Text.Start, end - Text.Start);
            if (line.IndexOfAnyExcept((byte)' ', (byte)'\r', (byte)'\t') < 0) continue;
            Array.Clear(Starts);
            Array.Clear(Lengths);
            _used = 0;
            try
            {
                var found = Parse(line);
                Bytes = _scratch;
                return found;
            }
            catch (JsonException e)
            {
                return Bad($"the line is no JSON object at character {e.BytePositionInLine + 1}; write one object a line");
            }
            catch (InvalidOperationException)
            {
                return Bad("a text in the line is not valid Unicode; write it as UTF-8");
            }
        }
    }

    private Found Parse(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) return Bad("the line is no JSON object; write one object a line, without brackets and commas around them");
        int guess = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int column = Column(ref json, ref guess);
            json.Read();
            if (column < 0)
            {
                json.Skip();
                continue;
            }

            int start = _used;
            if (json.TokenType == JsonTokenType.StartArray)
            {
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    Reserve(1);
                    _scratch[_used++] = ListMark;
                    if (!Value(ref json)) return Bad($"the list in '{Header[column]}' holds more than plain values; only a list of texts, numbers, true and false is understood", column + 1);
                }
            }
            else if (!Value(ref json))
            {
                return Bad($"'{Header[column]}' holds an object; only texts, numbers, true, false, null and lists of them are understood", column + 1);
            }

            Starts[column] = start;
            Lengths[column] = _used - start;
        }

        // what stands behind the object would go unnoticed otherwise
        json.Read();
        return Found.Row;
    }

    private int Column(ref Utf8JsonReader json, ref int guess)
    {
        // keys mostly come in the header's order
        if (guess < _keys.Length && json.ValueTextEquals(_keys[guess])) return guess++;
        if (!_columns.TryGetValue(json.GetString()!, out int column)) return -1;
        guess = column + 1;
        return column;
    }

    private bool Value(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                Reserve(json.ValueSpan.Length);
                _used += json.CopyString(_scratch.AsSpan(_used));
                return true;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                Reserve(json.ValueSpan.Length);
                json.ValueSpan.CopyTo(_scratch.AsSpan(_used));
                _used += json.ValueSpan.Length;
                return true;
            default:
                return json.TokenType == JsonTokenType.Null;
        }
    }

    private void Reserve(int length)
    {
        if (_used + length > _scratch.Length) Array.Resize(ref _scratch, Math.Max(_used + length, _scratch.Length * 2));
    }

    private bool FindLine(out int end)
    {
        int from = Text.Start;
        while (true)
        {
            int newline = Text.Bytes.AsSpan(from, Text.Limit - from).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                end = from + newline;
                return true;
            }

            if (Text.Full) throw new InputException($"the row is longer than {TextBuffer.MaximumRow >> 20} MiB; is this one JSON object a line?", Name, Line + 1);
            int seen = Text.Limit - Text.Start;
            if (!Text.More())
            {
                end = Text.Limit;
                return Text.Start < Text.Limit;
            }

            from = Text.Start + seen;
        }
    }

    private void CollectKeys()
    {
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        FindLine(out int end);
        int offset = Text.Start;
        while (offset < Text.Limit)
        {
            var rest = Text.Bytes.AsSpan(offset, Text.Limit - offset);
            int newline = rest.IndexOf((byte)'\n');
            // the last line may be cut by the window, unless it is the file's last
            if (newline < 0 && !Text.Ended) break;
            var line = newline < 0 ? rest : rest[..newline];
            offset += line.Length + 1;
            try
            {
                var json = new Utf8JsonReader(line);
                if (!json.Read() || json.TokenType != JsonTokenType.StartObject) continue;
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    var key = json.GetString()!;
                    if (known.Add(key)) names.Add(key);
                    json.Read();
                    json.Skip();
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // the row itself is refused when it is read
            }
        }

        if (Text.Start == Text.Limit) throw new InputException("the file is empty; give one with rows", Name);
        if (names.Count == 0) throw new InputException("there is no JSON object in the first lines; write one object a line", Name, 1);
        Header = [.. names];
    }
}
