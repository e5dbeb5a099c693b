using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class DropoutSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } =
        [("Dropout's mask", Mask), ("Dropout's gradient", Gradient), ("Dropout split", Split), ("Dropout's share", Share)];

    /// <summary>The hash again, plainly.</summary>
    private static bool Stays(long index, ulong key, float keep)
    {
        unchecked
        {
            var z = key + (((ulong)index >> 32) + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            var h = (uint)index * 0x9E3779B1 + (uint)z;
            h = (h ^ (h >> 16)) * 0x85EBCA6B;
            h = (h ^ (h >> 13)) + (uint)(z >> 32);
            h = (h ^ (h >> 16)) * 0xC2B2AE35;
            h ^= h >> 16;
            return h >> 8 < (uint)(keep * (1 << 24));
        }
    }

    private static void Mask()
    {
        foreach (var first in (long[])[0, 1, 1000, (1L << 31) - 20, (1L << 32) - 37, (5L << 32) - 16])
        {
            for (var n = 0; n <= 130; n++)
            {
                const float keep = 0.7f;
                using var x = Check.Random(n, n, 1f, 2f);
                using var y = new Guarded<float>(n);
                Elementwise.Dropout(y, x, n, keep, 99, first);
                var expected = new double[n];
                for (var i = 0; i < n; i++) expected[i] = Stays(first + i, 99, keep) ? x.Span[i] / keep : 0;
                Check.Near("y", expected, y.Span, 2e-7);
            }
        }
    }

    private static void Gradient()
    {
        using var dy = Check.Random(77, 1, 1f, 2f);
        using var dx = Check.Random(77, 2);
        var expected = new double[77];
        for (var i = 0; i < 77; i++) expected[i] = dx.Span[i] + (Stays(40 + i, 5, 0.25f) ? dy.Span[i] * 4 : 0);
        Elementwise.DropoutGradient(dx, dy, 77, 0.25f, 5, 40, true);
        Check.Near("dx", expected, dx.Span, 2e-7);
    }

    private static void Split()
    {
        using var x = Check.Random(300, 1);
        using var whole = new Guarded<float>(300);
        using var parts = new Guarded<float>(300);
        Elementwise.Dropout(whole, x, 300, 0.5f, 1234567890123, 7);
        for (int start = 0, length = 1; start < 300; start += length, length = Math.Min(length + 4, 300 - start))
            Elementwise.Dropout(parts.Pointer + start, x.Pointer + start, length, 0.5f, 1234567890123, 7 + start);
        Check.Exact("y", whole.Span, parts.Span);
    }

    /// <summary>Each key keeps about its share, and neighbouring keys and elements do not agree more than chance.</summary>
    private static void Share()
    {
        const int n = 100_000;
        const float keep = 0.8f;
        using var x = new Guarded<float>(n);
        x.Span.Fill(1f);
        using var y = new Guarded<float>(n);
        using var other = new Guarded<float>(n);
        for (ulong key = 0; key < 8; key++)
        {
            Elementwise.Dropout(y, x, n, keep, key, 0);
            Elementwise.Dropout(other, x, n, keep, key + 1, 0);
            int kept = 0, both = 0, neighbours = 0;
            for (var i = 0; i < n; i++)
            {
                if (y.Span[i] != 0) kept++;
                if (y.Span[i] != 0 && other.Span[i] != 0) both++;
                if (i > 0 && y.Span[i] != 0 && y.Span[i - 1] != 0) neighbours++;
            }

            Check.Near("kept", (int)key, keep, kept / (double)n, 0.005);
            Check.Near("kept by both keys", (int)key, keep * keep, both / (double)n, 0.005);
            Check.Near("kept neighbours", (int)key, keep * keep, neighbours / (double)n, 0.005);
        }
    }
}
