using System.Globalization;

namespace Sundry.Training;

/// <summary>Numbers as people read them in a report: the same in every culture, with a real minus sign.</summary>
internal static class Figures
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A value of a metric: four decimals below ten, fewer above, two significant digits where it is tiny.</summary>
    public static string Value(double value) => Value(value, value);

    /// <summary>A value with the decimals that another of its kind is written with, so that the two can be compared by eye.</summary>
    public static string Value(double value, double like) => value switch
    {
        double.NaN => "undefined",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        0 => "0",
        _ => Math.Abs(like) switch
        {
            < 1e-6 => Minus(value.ToString("0.0e0", Culture)),
            < .001 => Minus(value.ToString("F" + (1 - (int)Math.Floor(Math.Log10(Math.Abs(like)))), Culture)),
            < 10 => Minus(value.ToString("F4", Culture)),
            < 1000 => Minus(value.ToString("F2", Culture)),
            _ => Minus(value.ToString("N0", Culture)),
        },
    };

    /// <summary>A difference, with its sign, written like its interval.</summary>
    public static string Signed(MetricDifference difference) =>
        Signed(difference.Difference, Larger(difference.Difference, Larger(difference.Low, difference.High)));

    /// <summary>An interval; a dash where there is none.</summary>
    public static string Interval(double low, double high, bool signed = false)
    {
        if (double.IsNaN(low) || double.IsNaN(high)) return "–";
        double like = Larger(low, high);
        return signed ? $"{Signed(low, like)} to {Signed(high, like)}" : $"{Value(low, like)} to {Value(high, like)}";
    }

    /// <summary>A mean with its deviation.</summary>
    public static string Deviating(SeedSummary summary) =>
        double.IsNaN(summary.Sd) ? Value(summary.Mean) : $"{Value(summary.Mean)} ± {Value(summary.Sd, Larger(summary.Mean, summary.Sd))}";

    /// <summary>A whole number with separators.</summary>
    public static string Count(double value) => Minus(value.ToString("N0", Culture));

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "undefined" : Math.Abs(share) switch
    {
        < 5e-7 => "0%",
        < .001 => Minus((100 * share).ToString("0.####", Culture)) + "%",
        < .1 => Minus((100 * share).ToString("F2", Culture)) + "%",
        _ => Minus((100 * share).ToString("F1", Culture)) + "%",
    };

    /// <summary>A share in percent, with the decimals that suit another of its kind: three of its digits.</summary>
    public static string Percent(double share, double like)
    {
        if (double.IsNaN(share)) return "undefined";
        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Max(100 * Math.Abs(like), 1e-9))), 1, 4);
        string text = (100 * share).ToString("F" + decimals, Culture);
        return (IsZero(text) ? text.TrimStart('-') : Minus(text)) + "%";
    }

    /// <summary>The same, with its sign.</summary>
    public static string SignedPercent(double share, double like) => Percent(share, like) is var text && share > 0 && !IsZero(text) ? "+" + text : text;

    /// <summary>A share in percent, with its sign.</summary>
    public static string SignedPercent(double share) => share >= 5e-7 ? "+" + Percent(share) : Percent(share);

    /// <summary>A number with exactly one decimal.</summary>
    public static string OneDecimal(double value) => Minus(value.ToString("F1", Culture));

    /// <summary>A number with exactly two decimals.</summary>
    public static string TwoDecimals(double value) => double.IsNaN(value) ? "undefined" : Minus((Math.Abs(value) < .005 ? 0 : value).ToString("F2", Culture));

    /// <summary>A learning rate: a digit or three and a power of ten.</summary>
    public static string Scientific(double value) => Minus(value.ToString("0.##e0", Culture));

    /// <summary>A point in time, to the minute.</summary>
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", Culture) + " UTC";

    /// <summary>A duration in the unit that suits it.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 10 => seconds.ToString("F1", Culture) + " s",
        < 120 => seconds.ToString("F0", Culture) + " s",
        < 7200 => $"{(int)(seconds / 60)} min {(int)(seconds % 60)} s",
        _ => $"{(int)(seconds / 3600)} h {(int)(seconds % 3600 / 60)} min",
    };

    /// <summary>A tick of an axis whose ticks are <paramref name="step"/> apart.</summary>
    public static string Tick(double value, double step)
    {
        if (Math.Abs(value) < step * 1e-9) return "0";
        if (Math.Abs(value) >= 10_000) return Minus(value.ToString("N0", Culture));
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 10);
        return Minus(value.ToString("F" + decimals, Culture));
    }

    /// <summary>A coordinate of a drawing: a tenth of a pixel is finer than eyes.</summary>
    public static string Pixel(double value) => Math.Round(value, 1).ToString("0.#", Culture);

    private static bool IsZero(string text) => text.AsSpan().IndexOfAnyInRange('1', '9') < 0;

    private static string Signed(double value, double like) => value > 0 ? "+" + Value(value, like) : Value(value, like);

    // NaN is not larger than anything
    private static double Larger(double a, double b) => Math.Abs(a) > Math.Abs(b) || double.IsNaN(b) ? a : b;

    private static string Minus(string text) => text.Replace('-', '−');
}
