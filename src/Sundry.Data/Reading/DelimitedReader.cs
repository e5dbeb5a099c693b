using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace Sundry.Data;

/// <summary>
/// CSV and its kin, as RFC 4180 has them: a field that begins with a quote ends with one, may hold line ends and delimiters, and writes a quote
/// twice. Unquoted fields lose outer spaces; blank lines are no rows. Marks are found 32 bytes at a time.
/// </summary>
internal sealed class DelimitedReader : RecordReader
{
    private readonly byte _delimiter;
    private readonly List<int> _doubled = [];
    private int _count;
    private int _next;
    private int _lines;
    private int _openQuote;
    private int _afterQuote;

    public DelimitedReader(TextBuffer text, string name, byte delimiter, bool header, IReadOnlyList<string> columns)
        : base(text, name)
    {
        _delimiter = delimiter;
        _next = text.Start;
        Starts = new int[1 << 16];
        Lengths = new int[Starts.Length];
        if (header) ReadHeader(columns);
        else Header = [.. columns];
        CheckHeader(1);
        Starts = new int[Header.Length];
        Lengths = new int[Header.Length];
    }

    public override Found Next()
    {
        while (true)
        {
            Line += _lines;
            _lines = 0;
            int start = Text.Start = _next;
            if (!Advance(out int end)) return Found.End;
            start = Text.Start;
            Bytes = Text.Bytes;
            var record = Bytes.AsSpan(start, end - start);
            if (_count == 1 && Lengths[0] == 0 && record.IndexOfAnyExcept((byte)' ', (byte)'\r') < 0) continue;

            if (_afterQuote >= 0) return Bad($"after the closing quote of column {_afterQuote} comes more text; write quotes inside a quoted field twice", _afterQuote);
            if (_count != Header.Length) return Bad($"the row has {_count} fields where the header has {Header.Length}; fix the row, quote fields that hold the delimiter, or set data.on_bad_row: skip");
            if (!Utf8.IsValid(record)) return Bad("the bytes are not UTF-8; save the file as UTF-8", ColumnOf(static field => !Utf8.IsValid(field)));
            if (record.Contains((byte)0)) return Bad("there is a NUL byte; the file is damaged or no text", ColumnOf(static field => field.Contains((byte)0)));
            if (_doubled.Count > 0) Undouble();
            return Found.Row;
        }
    }

    private delegate bool FieldTest(ReadOnlySpan<byte> field);

    private int? ColumnOf(FieldTest test)
    {
        for (int i = 0; i < Header.Length; i++)
            if (test(Bytes.AsSpan(Starts[i], Lengths[i]))) return i + 1;
        return null;
    }

    private void ReadHeader(IReadOnlyList<string> columns)
    {
        do
        {
            Line += _lines;
            _lines = 0;
            Text.Start = _next;
            if (!Advance(out int end)) throw new InputException("the file is empty; give one with a header and rows", Name);
            Bytes = Text.Bytes;
            var record = Bytes.AsSpan(Text.Start, end - Text.Start);
            if (!Utf8.IsValid(record)) throw new InputException("the bytes are not UTF-8; save the file as UTF-8", Name, Line);
            if (record.Contains((byte)0)) throw new InputException("there is a NUL byte; the file is damaged or no text", Name, Line);
            if (record.Contains((byte)'\r') && record.IndexOf((byte)'\r') < record.Length - 1 && _doubled.Count == 0 && !record.Contains((byte)'"'))
                throw new InputException("the line ends are bare carriage returns; write line feeds", Name, Line);
        }
        while (_count == 1 && Lengths[0] == 0);

        if (_count > Starts.Length) throw new InputException($"the header has {_count} columns; {Starts.Length} are the most that are read", Name, Line);
        if (_doubled.Count > 0) Undouble();
        if (columns.Count > 0 && columns.Count != _count)
            throw new InputException($"the file has {_count} columns and data.columns names {columns.Count}; name each column once", Name, Line);
        Header = columns.Count > 0 ? [.. columns] : new string[_count];
        if (columns.Count == 0)
            for (int i = 0; i < _count; i++) Header[i] = Encoding.UTF8.GetString(Bytes, Starts[i], Lengths[i]);
    }

    /// <summary>Finds the end of the row at <see cref="TextBuffer.Start"/>, reading on as needed; false where there is none.</summary>
    private bool Advance(out int end)
    {
        while (true)
        {
            if (Text.Start < Text.Limit && Scan(Text.Start, out end)) return true;
            end = 0;
            if (Text.Full)
            {
                long line = Line + (_openQuote >= 0 ? Text.Bytes.AsSpan(Text.Start, _openQuote - Text.Start).Count((byte)'\n') : 0);
                throw _openQuote >= 0
                    ? new InputException($"the quote opened here is not closed within {TextBuffer.MaximumRow >> 20} MiB; close it, or write quotes inside a field twice", Name, line, _count + 1)
                    : new InputException($"the row is longer than {TextBuffer.MaximumRow >> 20} MiB; is this a table of text lines?", Name, Line);
            }

            if (Text.More()) continue;
            if (Text.Start == Text.Limit) return false;
            if (Scan(Text.Start, out end)) return true;
            if (_openQuote >= 0)
            {
                long line = Line + Text.Bytes.AsSpan(Text.Start, _openQuote - Text.Start).Count((byte)'\n');
                throw new InputException("the quote opened here is never closed; close it, or write quotes inside a field twice", Name, line, _count + 1);
            }
        }
    }

    /// <summary>Marks the fields of the row at <paramref name="start"/>; false where its end is not in the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Scan(int start, out int end)
    {
        _count = 0;
        _openQuote = -1;
        _afterQuote = -1;
        if (_doubled.Count > 0) _doubled.Clear();
        int limit = Text.Limit;
        int lines = 1;
        int field = start;
        int block = start;
        ref byte text = ref MemoryMarshal.GetArrayDataReference(Text.Bytes);
        var delimiters = Vector256.Create(_delimiter);
        var quotes = Vector256.Create((byte)'"');
        var newlines = Vector256.Create((byte)'\n');
        while (block < limit)
        {
            var bytes = Vector256.LoadUnsafe(ref text, (nuint)block);
            uint marks = (Vector256.Equals(bytes, delimiters) | Vector256.Equals(bytes, quotes) | Vector256.Equals(bytes, newlines)).ExtractMostSignificantBits();
            if (limit - block < 32) marks &= (1u << (limit - block)) - 1;
            while (marks != 0)
            {
                int at = block + BitOperations.TrailingZeroCount(marks);
                marks &= marks - 1;
                byte mark = Unsafe.Add(ref text, at);
                if (mark == _delimiter)
                {
                    Add(ref text, field, at);
                    field = at + 1;
                }
                else if (mark == (byte)'\n')
                {
                    AddLast(ref text, field, at);
                    end = at;
                    _next = at + 1;
                    _lines = lines;
                    return true;
                }
                else if (at == field || OnlySpaces(field, at))
                {
                    int next = Quoted(at, limit, ref lines, out bool last);
                    if (next < 0)
                    {
                        end = 0;
                        return false;
                    }

                    if (last)
                    {
                        end = next;
                        _next = Math.Min(next + 1, limit);
                        _lines = lines;
                        return true;
                    }

                    // marks inside the quotes are none: look again from behind them
                    field = next;
                    block = next - 32;
                    break;
                }
            }

            block += 32;
        }

        if (Text.Ended)
        {
            AddLast(ref text, field, limit);
            end = limit;
            _next = limit;
            _lines = lines;
            return true;
        }

        end = 0;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref byte text, int start, int end)
    {
        // outer spaces are rarely there, so two looks and no loop in most fields
        while (start < end && Unsafe.Add(ref text, start) == ' ') start++;
        while (end > start && Unsafe.Add(ref text, end - 1) == ' ') end--;
        if ((uint)_count < (uint)Starts.Length)
        {
            Starts[_count] = start;
            Lengths[_count] = end - start;
        }

        _count++;
    }

    private void AddLast(ref byte text, int start, int end)
    {
        if (end > start && Unsafe.Add(ref text, end - 1) == '\r') end--;
        Add(ref text, start, end);
    }

    /// <summary>
    /// Takes the quoted field whose quote stands at <paramref name="open"/>. Returns where the next field begins, or, where it is the row's
    /// <paramref name="last"/>, where the row ends; -1 where its end is not in the window.
    /// </summary>
    private int Quoted(int open, int limit, ref int lines, out bool last)
    {
        last = false;
        _openQuote = open;
        var bytes = Text.Bytes;
        bool doubled = false;
        int close = open + 1;
        while (true)
        {
            int found = bytes.AsSpan(close, limit - close).IndexOf((byte)'"');
            if (found < 0) return -1;
            close += found;
            if (close + 1 >= limit || bytes[close + 1] != '"') break;
            doubled = true;
            close += 2;
        }

        int after = close + 1;
        while (after < limit && bytes[after] == ' ') after++;
        bool carriage = after < limit && bytes[after] == '\r';
        if (carriage && after + 1 < limit && bytes[after + 1] == '\n') after++;
        else if (carriage && after + 1 == limit && Text.Ended) after++;
        if (after + (carriage ? 1 : 0) >= limit && !Text.Ended) return -1;
        _openQuote = -1;
        lines += bytes.AsSpan(open, close - open).Count((byte)'\n');
        if (_count < Starts.Length)
        {
            Starts[_count] = open + 1;
            Lengths[_count] = close - open - 1;
            if (doubled) _doubled.Add(_count);
        }

        _count++;
        if (after >= limit || bytes[after] == '\n')
        {
            last = true;
            return Math.Min(after, limit);
        }

        if (bytes[after] == _delimiter) return after + 1;
        if (_afterQuote < 0) _afterQuote = _count;
        int newline = bytes.AsSpan(after, limit - after).IndexOf((byte)'\n');
        if (newline < 0 && !Text.Ended) return -1;
        last = true;
        return newline < 0 ? limit : after + newline;
    }

    private bool OnlySpaces(int start, int end) => Text.Bytes.AsSpan(start, end - start).IndexOfAnyExcept((byte)' ') < 0;

    // in place: the row is complete, and nothing reads its bytes again
    private void Undouble()
    {
        foreach (int field in _doubled)
        {
            var bytes = Bytes.AsSpan(Starts[field], Lengths[field]);
            int write = 0;
            for (int read = 0; read < bytes.Length; read++)
            {
                bytes[write++] = bytes[read];
                if (bytes[read] == '"') read++;
            }

            Lengths[field] = write;
        }
    }
}
