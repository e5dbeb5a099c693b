using System.Globalization;

namespace Sundry.Data;

/// <summary>A length of time as the configuration writes it: a number and a unit, <c>30s</c>, <c>10m</c>, <c>1h</c>, <c>7d</c>, <c>2w</c>.</summary>
internal static class Duration
{
    /// <summary>Milliseconds in a day.</summary>
    public const long Day = 86_400_000;

    // a hundred years: sums of two times never overflow
    private const double Most = 36500.0 * Day;

    /// <summary>Reads a length of time as milliseconds, more than none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="milliseconds">Receives it.</param>
    /// <param name="least">The least that it may be; 0 where none at all is a length too.</param>
    public static bool TryParse(string text, out long milliseconds, long least = 1)
    {
        milliseconds = 0;
        text = text.Trim();
        if (text.Length < 2) return false;
        double unit = text[^1] switch { 's' => 1000, 'm' => 60_000, 'h' => 3_600_000, 'd' => Day, 'w' => 7.0 * Day, _ => 0 };
        if (unit == 0 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) return false;
        double length = number * unit;
        if (!(length >= least && length <= Most)) return false;
        milliseconds = (long)length;
        return true;
    }

    /// <summary>Reads a length of time that was checked before.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static long Parse(string text, string key, long least = 1) => TryParse(text, out long milliseconds, least) ? milliseconds : throw new InputException($"{key}: {Problem(text)}");

    /// <summary>Why a text is no length of time.</summary>
    public static string Problem(string text) => $"'{text}' is no length of time; write a number and a unit, such as 30m, 1h, 7d or 2w";
}
