using System.Globalization;

namespace Sundry.Serving;

/// <summary>Numbers and times as a page says them.</summary>
internal static class PageWords
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>A whole number with separators.</summary>
    public static string Count(long count) => count.ToString("N0", s_culture);

    /// <summary>"1 event", "2 events".</summary>
    public static string Of(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>A number with as many digits as tell something.</summary>
    public static string Number(double value) => !double.IsFinite(value) ? "–" : Math.Abs(value) switch
    {
        0 => "0",
        >= 1000 => value.ToString("N0", s_culture),
        >= 100 => value.ToString("0", s_culture),
        >= 1 => value.ToString("0.##", s_culture),
        >= 0.001 => value.ToString("0.0###", s_culture),
        _ => value.ToString("0.0e0", s_culture),
    };

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => !double.IsFinite(share) ? "–" : Math.Abs(share) switch
    {
        0 => "0 %",
        < 0.0001 => "< 0.01 %",
        < 0.1 => (100 * share).ToString("0.00", s_culture) + " %",
        _ => (100 * share).ToString("0.0", s_culture) + " %",
    };

    /// <summary>Milliseconds in words; a dash where there are none.</summary>
    public static string Milliseconds(double value) => !double.IsFinite(value) ? "–" : value switch
    {
        < 0.1 => (1000 * value).ToString("0", s_culture) + " µs",
        < 10 => value.ToString("0.00", s_culture) + " ms",
        < 1000 => value.ToString("0", s_culture) + " ms",
        _ => (value / 1000).ToString("0.0", s_culture) + " s",
    };

    /// <summary>A moment, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", s_culture) + " UTC";

    /// <summary>A moment of Unix milliseconds, UTC; texts of days that there are not are written as numbers.</summary>
    public static string Time(long milliseconds) =>
        milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999 ? Time(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)) : milliseconds.ToString(s_culture);

    /// <summary>A duration by its two greatest units.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "less than a second",
        { TotalMinutes: < 1 } => Of((long)span.TotalSeconds, "second"),
        { TotalHours: < 1 } => Of((long)span.TotalMinutes, "minute"),
        { TotalDays: < 1 } => $"{Of((long)span.TotalHours, "hour")} {span.Minutes} min",
        _ => $"{Of((long)span.TotalDays, "day")} {span.Hours} h",
    };

    /// <summary>How long ago something was.</summary>
    public static string Ago(DateTimeOffset now, DateTimeOffset then) => then > now ? "just now" : Span(now - then) + " ago";

    /// <summary>Words of a program as people read them: <c>fewer_candidates</c> is "fewer candidates".</summary>
    public static string Plain(string word) => word.Replace('_', ' ');
}
