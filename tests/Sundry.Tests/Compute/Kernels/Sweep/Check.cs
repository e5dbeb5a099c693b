namespace Sundry.Tests;

/// <summary>What every sweep needs: data that a seed decides, and comparison with a twin computed in double.</summary>
internal static class Check
{
    /// <summary>Numbers that kernels stumble on.</summary>
    public static readonly float[] Special =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon,
        1e-20f, -1e-20f, 0.624f, 0.626f, -0.626f, 5f, -5f, 12f, -12f, 87.3f, 88.8f, -87.4f, -95f, -103.9f, -110f, 1000f, -1000f, 1e30f, -1e30f,
    ];

    public static Guarded<float> Random(int length, int seed, float low = -2f, float high = 2f)
    {
        var random = new Random(seed);
        var memory = new Guarded<float>(length);
        foreach (ref var value in memory.Span) value = low + (high - low) * random.NextSingle();
        return memory;
    }

    public static Guarded<float> Of(params ReadOnlySpan<float> values)
    {
        var memory = new Guarded<float>(values.Length);
        values.CopyTo(memory.Span);
        return memory;
    }

    /// <summary>|expected - actual| ≤ tolerance·(floor + |expected|), NaN matching NaN and infinity infinity.</summary>
    public static void Near(string what, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, double floor = 1)
    {
        for (var i = 0; i < expected.Length; i++) Near(what, i, expected[i], actual[i], tolerance, floor);
    }

    public static void Near(string what, int at, double expected, double actual, double tolerance, double floor = 1)
    {
        var rounded = (float)expected;
        var same = float.IsFinite(rounded)
            ? Math.Abs(expected - actual) <= tolerance * (floor + Math.Abs(expected))
            : double.IsNaN(expected) ? double.IsNaN(actual) : rounded == (float)actual;
        if (!same) throw new InvalidOperationException($"{what}[{at}]: expected {expected:R}, found {actual:R}");
    }

    public static void Exact(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
                throw new InvalidOperationException($"{what}[{i}]: expected exactly {expected[i]:R}, found {actual[i]:R}");
        }
    }
}
