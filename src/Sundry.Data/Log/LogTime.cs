using System.Globalization;
using System.Text;

namespace Sundry.Data;

/// <summary>Moments of a log as text.</summary>
public static class LogTime
{
    /// <summary>A moment in Unix milliseconds as <c>2025-03-03T09:00:00.000Z</c>.</summary>
    public static string Text(long time) => DateTime.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMillisecond).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The day of a moment, <c>2025-03-03</c>.</summary>
    public static string Day(long time) => DateTime.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMillisecond).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A length of time in the configuration's words: <c>3d</c>, <c>90m</c>.</summary>
    public static string Length(long milliseconds)
    {
        foreach (var (unit, length) in new[] { ("d", 86_400_000L), ("h", 3_600_000L), ("m", 60_000L), ("s", 1000L) })
            if (milliseconds >= length && milliseconds % length == 0) return (milliseconds / length).ToString(CultureInfo.InvariantCulture) + unit;
        return milliseconds.ToString(CultureInfo.InvariantCulture) + "ms";
    }

    /// <summary>Reads a moment as the user writes it.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static long Parse(string text, string option) =>
        TimeText.TryParse(Encoding.UTF8.GetBytes(text), out long time) ? time : throw new InputException($"{option} '{text}' is no time; write {TimeText.Forms}");
}
