namespace Sundry.Cli;

/// <summary>Numbers as JSON knows them.</summary>
internal static class JsonNumber
{
    /// <summary>A number; null for one that is undefined.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>Both ends of an interval; none where they are undefined.</summary>
    public static double[] Interval(double low, double high) => double.IsFinite(low) && double.IsFinite(high) ? [low, high] : [];
}
