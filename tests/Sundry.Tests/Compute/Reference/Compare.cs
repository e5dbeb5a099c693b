namespace Sundry.Tests;

/// <summary>Numbers against numbers, by |expected − found| ≤ tolerance · max(1, |expected|).</summary>
internal static class Compare
{
    public static void Near(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> found, double tolerance)
    {
        var doubles = new double[found.Length];
        for (var i = 0; i < doubles.Length; i++) doubles[i] = found[i];
        Near(what, expected, doubles, tolerance);
    }

    public static void Near(string what, ReadOnlySpan<double> expected, ReadOnlySpan<double> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"{what}[{i}]: expected {expected[i]:R}, found {found[i]:R}");
    }

    /// <summary>As many digits as a golden file prints, nine: its rounding, and the tolerance beyond it.</summary>
    public static void Printed(string what, ReadOnlySpan<double> printed, ReadOnlySpan<double> found, double tolerance)
    {
        Assert.Equal(printed.Length, found.Length);
        for (var i = 0; i < printed.Length; i++)
        {
            var rounding = printed[i] == 0 ? 0 : 0.5 * Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(printed[i]))) - 8);
            var off = Math.Abs(printed[i] - found[i]) - rounding;
            Assert.True(off <= tolerance * Math.Max(1, Math.Abs(printed[i])), $"{what}[{i}]: expected {printed[i]:R}, found {found[i]:R}, off by {off:E2} beyond the digits printed");
        }
    }
}
