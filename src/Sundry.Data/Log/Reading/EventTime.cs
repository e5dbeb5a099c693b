using System.Globalization;
using System.Text;

namespace Sundry.Data;

/// <summary>Reads the times of a log in one format. Events of one day come together, so that the last date is remembered.</summary>
internal sealed class EventTime(string format)
{
    private const long Least = -62_135_596_800_000;
    private const long Most = 253_402_300_799_999;
    private const int DateLength = 10;
    private const int LongestCustom = 64;

    private readonly Form _form = format switch { "auto" => Form.Auto, "iso" => Form.Iso, "unix" => Form.Unix, "unix_ms" => Form.UnixMilliseconds, _ => Form.Custom };
    private readonly byte[] _date = new byte[DateLength];
    private long _midnight;

    private enum Form
    {
        Auto,
        Iso,
        Unix,
        UnixMilliseconds,
        Custom,
    }

    /// <summary>Why a text is no format of times; null where it is one.</summary>
    public static string? Explain(string format)
    {
        if (format is "auto" or "iso" or "unix" or "unix_ms") return null;
        try
        {
            if (format.Contains("yy", StringComparison.Ordinal) && DateTime.UnixEpoch.ToString(format, CultureInfo.InvariantCulture).Length > 1) return null;
        }
        catch (FormatException)
        {
            // said below
        }

        return $"'{format}' is none of auto, iso, unix and unix_ms, nor a .NET format with a year, such as dd.MM.yyyy HH:mm{NearestName.Ask(format, ["auto", "iso", "unix", "unix_ms"])}";
    }

    /// <summary>Reads a time as milliseconds since 1970 in UTC.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        switch (_form)
        {
            case Form.Unix:
                return Unix(text, 1000, out milliseconds);
            case Form.UnixMilliseconds:
                return Unix(text, 1, out milliseconds);
            case Form.Custom:
                return Custom(text, out milliseconds);
            case Form.Iso when text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is < 0 or > 4:
                milliseconds = 0;
                return false;
            default:
                return TryIso(text, out milliseconds) || TimeText.TryParse(text, out milliseconds);
        }
    }

    /// <summary>What is wrong with a text that is no time.</summary>
    public string Problem(ReadOnlySpan<byte> text) => $"{FieldText.Quote(text)} is not a time; " + _form switch
    {
        Form.Unix => "write seconds since 1970, or set data.log.time_format",
        Form.UnixMilliseconds => "write milliseconds since 1970, or set data.log.time_format",
        Form.Custom => $"write it as {format}, or set data.log.time_format",
        Form.Iso => "write it as 2024-12-31T23:59:59Z, or set data.log.time_format",
        _ => $"write {TimeText.Forms}, or set data.log.time_format",
    };

    // 2024-12-31T23:59:59, perhaps with milliseconds and Z: what most logs hold, read without a calendar where the date is the last one's
    private bool TryIso(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length < 19 || text[4] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':') return false;
        int rest = text.Length;
        if (text[^1] == 'Z') rest--;
        if (rest is not (19 or 23) || (rest == 23 && text[19] != '.')) return false;
        if (!Two(text, 11, out int hour) || !Two(text, 14, out int minute) || !Two(text, 17, out int second) || hour > 23 || minute > 59 || second > 59) return false;
        int fraction = 0;
        if (rest == 23 && (!Two(text, 20, out fraction) || !char.IsAsciiDigit((char)text[22]))) return false;
        if (rest == 23) fraction = fraction * 10 + (text[22] - '0');
        if (!text[..DateLength].SequenceEqual(_date))
        {
            if (!TimeText.TryParse(text[..DateLength], out long midnight)) return false;
            text[..DateLength].CopyTo(_date);
            _midnight = midnight;
        }

        milliseconds = _midnight + ((hour * 60 + minute) * 60 + second) * 1000L + fraction;
        return true;
    }

    private static bool Two(ReadOnlySpan<byte> text, int at, out int number)
    {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        number = tens * 10 + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }

    private static bool Unix(ReadOnlySpan<byte> text, double unit, out long milliseconds)
    {
        bool read = NumberText.TryParseDouble(text, out double number);
        number = Math.Round(number * unit);
        read &= number is >= Least and <= Most;
        milliseconds = read ? (long)number : 0;
        return read;
    }

    private bool Custom(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        Span<char> chars = stackalloc char[LongestCustom];
        if (text.Length > LongestCustom) return false;
        int length = Encoding.UTF8.GetChars(text, chars);
        if (!DateTime.TryParseExact(chars[..length], format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)) return false;
        milliseconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        return true;
    }
}
