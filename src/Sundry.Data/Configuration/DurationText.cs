using System.Globalization;

namespace Sundry.Data;

/// <summary>Reads durations: a number and one of s, m, h, d, w.</summary>
internal static class DurationText
{
    /// <summary>Reads a duration in milliseconds; false where the text is none, or negative.</summary>
    public static bool TryParse(string text, out long milliseconds)
    {
        milliseconds = 0;
        long unit = text.Length == 0 ? 0 : text[^1] switch
        {
            's' => 1000,
            'm' => 60_000,
            'h' => 3_600_000,
            'd' => 86_400_000,
            'w' => 7 * 86_400_000,
            _ => 0,
        };
        if (unit == 0 || !double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) || number > 1e6) return false;
        milliseconds = (long)Math.Round(number * unit);
        return true;
    }

    /// <summary>A duration in milliseconds.</summary>
    /// <exception cref="InputException">The text is none.</exception>
    public static long Parse(string text) => TryParse(text, out long milliseconds) ? milliseconds : throw new InputException(Problem(text));

    /// <summary>What is wrong with a text that is no duration.</summary>
    public static string Problem(string text) => $"'{text}' is not a duration; write a number and a unit, such as 30s, 5m, 2h, 3d or 1w";
}
