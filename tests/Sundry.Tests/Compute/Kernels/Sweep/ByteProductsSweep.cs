using System.Runtime.Intrinsics.X86;
using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class ByteProductsSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } = [("ByteProducts", Products), ("Dots", Dot)];

    private static void Products()
    {
        for (var width = 1; width <= 70; width++)
        {
            var random = new Random(width);
            using var block = new Guarded<sbyte>(ByteBlock.Bytes(width));
            ByteBlock.Clear(block, width);
            for (var place = 0; place < ByteBlock.Rows; place++)
            {
                if (place % 7 == 3) continue;
                var row = new float[width];
                // the greatest bytes there are, of both signs, where sums of two come nearest to their limit
                foreach (ref var x in row.AsSpan()) x = place % 2 == 0 ? (random.Next(2) == 0 ? -1 : 1) : random.NextSingle() - 0.5f;
                ByteBlock.Set(block, place, row);
            }

            var groups = ByteBlock.Groups(width);
            using var query = new Guarded<int>(groups);
            using var sizes = new Guarded<int>(groups);
            var floats = new float[width];
            foreach (ref var x in floats.AsSpan()) x = width % 2 == 0 ? (random.Next(2) == 0 ? -1 : 1) : random.NextSingle() - 0.5f;
            ByteBlock.Quantize(floats, (sbyte*)query.Pointer);
            for (var i = 0; i < 4 * groups; i++) ((sbyte*)sizes.Pointer)[i] = Math.Abs(((sbyte*)query.Pointer)[i]);

            using var expected = new Guarded<float>(ByteBlock.Rows);
            using var actual = new Guarded<float>(ByteBlock.Rows);
            foreach (var threshold in new[] { float.NegativeInfinity, 0f, 1f })
            {
                var above = ByteProducts.Scalar.Above(block, groups, query, sizes, expected, threshold);
                Same(width, above, ByteProducts.Narrow.Above(block, groups, query, sizes, actual, threshold), expected, actual);
                if (Avx2.IsSupported) Same(width, above, ByteProducts.Wide.Above(block, groups, query, sizes, actual, threshold), expected, actual);
            }
        }
    }

    private static void Same(int width, uint above, uint found, Guarded<float> expected, Guarded<float> actual)
    {
        if (above != found) throw new InvalidOperationException($"width {width}: rows {above:X8} expected, {found:X8} found");
        for (var row = 0; row < ByteBlock.Rows; row++)
            if (!expected.Span[row].Equals(actual.Span[row])) throw new InvalidOperationException($"width {width} row {row}: expected {expected.Span[row]}, found {actual.Span[row]}");
    }

    private static void Dot()
    {
        for (var n = 0; n <= 130; n++)
        {
            using var a = Check.Random(n, n);
            using var b = Check.Random(n, n + 1);
            var expected = 0.0;
            for (var i = 0; i < n; i++) expected += (double)a.Span[i] * b.Span[i];
            Check.Near("dot", 0, expected, Dots.Of(a, b, n), 1e-5);
        }
    }
}
