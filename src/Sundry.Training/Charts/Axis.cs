namespace Sundry.Training;

/// <summary>One axis of a chart: where a value lies, and where its ticks are.</summary>
internal sealed class Axis
{
    private readonly double _from;
    private readonly double _to;

    private Axis(double low, double high, double from, double to, bool logarithmic, IReadOnlyList<double> ticks, double step)
    {
        Low = low;
        High = high;
        _from = from;
        _to = to;
        Logarithmic = logarithmic;
        Ticks = ticks;
        Step = step;
    }

    public double Low { get; }

    public double High { get; }

    public bool Logarithmic { get; }

    public IReadOnlyList<double> Ticks { get; }

    public double Step { get; }

    /// <summary>A linear axis over exactly these ends, drawn between two pixels.</summary>
    public static Axis Linear(double low, double high, double from, double to, int ticks = 5)
    {
        if (!(high > low))
        {
            double room = low == 0 ? 1 : Math.Abs(low) * .01;
            (low, high) = (low - room, high + room);
        }

        return Stepped(low, high, from, to, NiceStep((high - low) / ticks));
    }

    /// <summary>A linear axis that leaves some room around the values and ends on ticks.</summary>
    public static Axis Around(IEnumerable<double> values, double from, double to, int ticks = 5)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (!double.IsFinite(value)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (!(high >= low)) (low, high) = (0, 1);
        if (high - low <= Math.Abs(high) * 1e-9)
        {
            double room = low == 0 ? 1 : Math.Abs(low) * .01;
            (low, high) = (low - room, high + room);
        }

        double step = NiceStep((high - low) / ticks);
        return Stepped(Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step, from, to, step);
    }

    /// <summary>An axis over whole numbers, such as epochs.</summary>
    public static Axis Whole(int low, int high, double from, double to, int ticks = 8)
    {
        double step = Math.Max(1, NiceStep((high - low) / (double)ticks));
        var marks = new List<double>();
        for (double k = Math.Ceiling(low / step); k * step <= high; k++) marks.Add(k * step);
        if (marks.Count == 0 || marks[0] - low > step * .6) marks.Insert(0, low);
        return high > low ? new(low, high, from, to, false, marks, step) : new(low - 1, low + 1, from, to, false, marks, 1);
    }

    /// <summary>A logarithmic axis over whole decades around these positive ends.</summary>
    public static Axis Log(double low, double high, double from, double to)
    {
        double first = Math.Floor(Math.Log10(low) + 1e-9), last = Math.Ceiling(Math.Log10(high) - 1e-9);
        if (last <= first) last = first + 1;
        var marks = new List<double>();
        for (double k = first; k <= last; k++) marks.Add(Math.Pow(10, k));
        return new(Math.Pow(10, first), Math.Pow(10, last), from, to, true, marks, 0);
    }

    /// <summary>The pixel of a value; values beyond the ends stay at them.</summary>
    public double At(double value)
    {
        double share = Logarithmic
            ? Math.Log(Math.Max(value, Low) / Low) / Math.Log(High / Low)
            : (value - Low) / (High - Low);
        if (double.IsNaN(share)) return _from;
        return _from + Math.Clamp(share, 0, 1) * (_to - _from);
    }

    /// <summary>The words at a tick.</summary>
    public string Label(double tick)
    {
        if (!Logarithmic) return Figures.Tick(tick, Step);
        return tick >= .0001 ? Figures.Tick(tick, Math.Min(tick, 1)) : $"10{Superscript((int)Math.Round(Math.Log10(tick)))}";
    }

    private static Axis Stepped(double low, double high, double from, double to, double step)
    {
        var marks = new List<double>();
        for (double k = Math.Ceiling(low / step - 1e-9); k * step <= high + step * 1e-9; k++) marks.Add(k * step);
        return new(low, high, from, to, false, marks, step);
    }

    private static string Superscript(int exponent) => "⁻" + string.Concat(Math.Abs(exponent).ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    private static double NiceStep(double rough)
    {
        if (!(rough > 0) || double.IsInfinity(rough)) return 1;
        double decade = Math.Pow(10, Math.Floor(Math.Log10(rough))), lead = rough / decade;
        return decade * (lead <= 1.0001 ? 1 : lead <= 2.0001 ? 2 : lead <= 5.0001 ? 5 : 10);
    }
}
