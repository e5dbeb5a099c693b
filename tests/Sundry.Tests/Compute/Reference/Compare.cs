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
}
