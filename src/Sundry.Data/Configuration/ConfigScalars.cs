using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Sundry.Data;

/// <summary>Single values of the configuration, from and to text.</summary>
internal static class ConfigScalars
{
    /// <summary>Reads a text as a value of <paramref name="type"/>; otherwise <paramref name="reason"/> says what it is not.</summary>
    public static bool TryParse(Type type, string text, IReadOnlyList<string>? words, out object? value, out string? reason)
    {
        value = null;
        reason = null;
        if (type == typeof(string))
        {
            value = text;
            if (words is not null && !words.Contains(text, StringComparer.Ordinal)) reason = NotOneOf(text, words);
        }
        else if (type.IsEnum)
        {
            var all = ConfigType.WordsOf(type);
            int index = all.ToList().IndexOf(text);
            if (index < 0) reason = NotOneOf(text, all);
            else value = Enum.Parse(type, Enum.GetNames(type)[index]);
        }
        else if (type == typeof(bool))
        {
            if (text is "true" or "false") value = text == "true";
            else reason = $"'{text}' is neither true nor false";
        }
        else if (type == typeof(Share))
        {
            if (Share.TryParse(text, out var share)) value = share;
            else reason = $"'{text}' is not a share; write a percentage from 0% to 100%, such as 10%";
        }
        else if (type == typeof(double) || type == typeof(float))
        {
            if (!double.TryParse(Digits(text), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number)) reason = $"'{text}' is not a number";
            else value = type == typeof(float) ? (object)(float)number : number;
        }
        else
        {
            value = Whole(type, text, out reason);
        }

        return reason is null;
    }

    /// <summary>Why <paramref name="value"/> lies outside <paramref name="range"/>; null where it does not.</summary>
    public static string? OutOf(RangeAttribute? range, object value)
    {
        if (range is null || value is string or bool or Enum) return null;
        double number = value is Share share ? share.Value : Convert.ToDouble(value, CultureInfo.InvariantCulture);
        var (low, high) = Bounds(range);
        bool below = low is { } least && (range.MinimumIsExclusive ? number <= least : number < least);
        bool above = high is { } most && (range.MaximumIsExclusive ? number >= most : number > most);
        if (!below && !above) return null;
        var from = low is null ? null : (range.MinimumIsExclusive ? "more than " : "at least ") + Text(low);
        var to = high is null ? null : (range.MaximumIsExclusive ? "less than " : "at most ") + Text(high);
        return $"{Text(value)} is out of range; it must be {string.Join(" and ", new[] { from, to }.Where(part => part is not null))}";
    }

    /// <summary>The bounds of a range; null where it is unbounded, or bounded by its type alone.</summary>
    public static (double? Low, double? High) Bounds(RangeAttribute range)
    {
        double low = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
        double high = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        return (low <= int.MinValue ? null : low, high is int.MaxValue or >= long.MaxValue ? null : high);
    }

    /// <summary>The text that reads as <paramref name="value"/>.</summary>
    public static string Text(object value) => value switch
    {
        Enum word => ConfigWords.Of(word),
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal),
        float number => number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string NotOneOf(string text, IReadOnlyList<string> words) => $"'{text}' is not one of {string.Join(", ", words)}{NearestName.Ask(text, words)}";

    private static object? Whole(Type type, string text, out string? reason)
    {
        reason = null;
        // decimal, so that 1e6 is a whole number too and 2^63 is not rounded
        if (!decimal.TryParse(Digits(text), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) || number != decimal.Truncate(number))
        {
            reason = $"'{text}' is not a whole number";
            return null;
        }

        try
        {
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            reason = $"{text} is too large a number here";
            return null;
        }
    }

    // 1_000_000 reads better than 1000000
    private static string Digits(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1]) ? text.Replace("_", "", StringComparison.Ordinal) : text;
}
