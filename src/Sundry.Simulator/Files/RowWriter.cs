using System.Globalization;
using System.Text;

namespace Sundry.Simulator;

/// <summary>Writes comma-separated rows as UTF-8 without making a string of them. Nothing that the simulator writes needs quotes.</summary>
internal sealed class RowWriter(Stream stream) : IDisposable
{
    private const int Longest = 4096;      // no field comes near
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;
    private bool _rowStarted;

    public void Text(string value)
    {
        var field = Field();
        _used += Encoding.UTF8.GetBytes(value, field);
    }

    public void Number(long value) => Format(value, default);

    /// <summary>A number as <paramref name="format"/> says; NaN becomes an empty field.</summary>
    public void Number(double value, string format)
    {
        if (double.IsNaN(value)) Field();
        else Format(value, format);
    }

    public void Flag(bool value) => Field(value ? (byte)'1' : (byte)'0');

    public void Empty() => Field();

    public void EndRow()
    {
        _buffer[_used++] = (byte)'\n';
        _rowStarted = false;
        if (_used > _buffer.Length - Longest) Flush();
    }

    public void Dispose()
    {
        Flush();
        stream.Dispose();
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    private Span<byte> Field()
    {
        if (_rowStarted) _buffer[_used++] = (byte)',';
        _rowStarted = true;
        return _buffer.AsSpan(_used);
    }

    private void Field(byte only)
    {
        Field()[0] = only;
        _used++;
    }

    private void Format<T>(T value, ReadOnlySpan<char> format) where T : IUtf8SpanFormattable
    {
        value.TryFormat(Field(), out var written, format, CultureInfo.InvariantCulture);
        _used += written;
    }
}
