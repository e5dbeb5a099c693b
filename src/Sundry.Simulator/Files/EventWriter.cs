using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>Writes events as CSV or JSON Lines without making a string of them. Nothing that the simulator says needs quotes or escapes.</summary>
internal sealed class EventWriter : IDisposable
{
    private const int Longest = 8192;      // no event comes near
    private const int Cents = 100;

    private static readonly string[] s_columns =
        ["id", "type", "user", "session", "item", "time", "quantity", "price", "value", "position", "scenario", "recommendation", "text", "device"];

    private static readonly byte[][] s_names = [.. s_columns.Select(c => Encoding.UTF8.GetBytes($",\"{c}\":"))];
    private static readonly byte[][] s_types = [.. new EventTypes().Names.Select(Encoding.UTF8.GetBytes)];

    private readonly Stream _stream;
    private readonly bool _lines;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _clock = new byte[24];
    private long _second = long.MinValue;
    private int _used;
    private int _column;

    public EventWriter(Stream stream, bool lines)
    {
        _stream = stream;
        _lines = lines;
        if (!lines) _used = Encoding.UTF8.GetBytes(string.Join(',', s_columns) + "\n", _buffer);
    }

    public void Write(in LogEvent item)
    {
        _column = 0;
        Number(item.Id, item.Id > 0);
        Text(s_types[item.Type]);
        Text(item.Customer.Id);
        Name((byte)'s', item.Session);
        Text(item.Product?.Id ?? "");
        Time(item.Time);
        Number(item.Quantity, item.Quantity > 0);
        Price(item.Price);
        Number(item.Value, item.Type is EventTypes.Dwell or EventTypes.Rating or EventTypes.Review);
        Number(item.Position, item.Position > 0);
        Text(item.Scenario);
        Name((byte)'r', item.Recommendation);
        Text(item.Text);
        Text(item.Device);
        if (_lines) _buffer[_used++] = (byte)'}';
        _buffer[_used++] = (byte)'\n';
        if (_used > _buffer.Length - Longest) Flush();
    }

    public void Dispose()
    {
        try
        {
            Flush();
        }
        finally
        {
            _stream.Dispose();
        }
    }

    private void Flush()
    {
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    // a missing field is empty in CSV and absent in JSON
    private bool Begin(bool present)
    {
        var column = _column++;
        if (!_lines)
        {
            if (column > 0) _buffer[_used++] = (byte)',';
            return present;
        }

        if (!present) return false;
        var name = s_names[column];
        name.CopyTo(_buffer, _used);
        if (column == 0) _buffer[_used] = (byte)'{';
        _used += name.Length;
        return true;
    }

    private void Quote()
    {
        if (_lines) _buffer[_used++] = (byte)'"';
    }

    private void Text(string value)
    {
        if (!Begin(value.Length > 0)) return;
        Quote();
        _used += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_used));
        Quote();
    }

    private void Text(byte[] value)
    {
        Begin(present: true);
        Quote();
        value.CopyTo(_buffer, _used);
        _used += value.Length;
        Quote();
    }

    private void Name(byte prefix, long number)
    {
        if (!Begin(number > 0)) return;
        Quote();
        _buffer[_used++] = prefix;
        Digits(number);
        Quote();
    }

    private void Number(long value, bool present)
    {
        if (Begin(present)) Digits(value);
    }

    // a price has two decimals
    private void Price(double value)
    {
        if (!Begin(value > 0)) return;
        var cents = (long)Math.Round(value * Cents);
        Digits(cents / Cents);
        _buffer[_used] = (byte)'.';
        _buffer[_used + 1] = (byte)('0' + cents % Cents / 10);
        _buffer[_used + 2] = (byte)('0' + cents % 10);
        _used += 3;
    }

    // events of a page share their second, so its text is made once
    private void Time(long milliseconds)
    {
        Begin(present: true);
        Quote();
        var (second, rest) = Math.DivRem(milliseconds, 1000);
        if (second != _second)
        {
            DateTime.UnixEpoch.AddSeconds(second).TryFormat(_clock, out _, "yyyy-MM-ddTHH:mm:ss.000Z", CultureInfo.InvariantCulture);
            _second = second;
        }

        _clock.CopyTo(_buffer, _used);
        _buffer[_used + 20] = (byte)('0' + rest / 100);
        _buffer[_used + 21] = (byte)('0' + rest / 10 % 10);
        _buffer[_used + 22] = (byte)('0' + rest % 10);
        _used += _clock.Length;
        Quote();
    }

    private void Digits(long value)
    {
        value.TryFormat(_buffer.AsSpan(_used), out var written, default, CultureInfo.InvariantCulture);
        _used += written;
    }
}
