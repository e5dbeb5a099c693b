using System.Runtime.Intrinsics.X86;
using Sundry.Compute;

namespace Sundry.Tests;

internal static unsafe class ByteProductsSweep
{
    public static IReadOnlyList<(string Name, Action Run)> All { get; } = [("ByteProducts", Products), ("Dots", Dot)];

    private static void Products()
    {
        foreach (var width in Enumerable.Range(1, 70).Append(VectorRows.MostColumns))
            for (var kind = 0; kind < 6; kind++)
                Products(width, kind, new Random(width + kind));
    }

    private static void Products(int width, int kind, Random random)
    {
        var strips = ByteBlock.Strips(width);
        using var high = new Guarded<byte>(ByteBlock.HighBytes(width));
        using var low = new Guarded<byte>(ByteBlock.LowBytes(width));
        using var bytes = new Guarded<sbyte>(ByteQuery.Bytes(strips));
        ByteBlock.Clear(high, low, width);
        float[] floats = [.. Enumerable.Range(0, width).Select(i => Query(kind, i, random))];
        ByteQuery.Write(floats, bytes);
        var query = new ByteQuery(bytes, strips);
        var products = new float[ByteBlock.Rows];
        Array.Fill(products, float.NaN);
        for (var place = 0; place < ByteBlock.Rows; place++)
        {
            if (place % 7 == 3) continue;
            float[] row = [.. Enumerable.Range(0, width).Select(i => Row(kind, place, i, random))];
            ByteBlock.Set(high, low, place, row);
            products[place] = Enumerable.Range(0, width).Sum(i => Byte(row, i) * Byte(floats, i)) * ByteBlock.Scale(row);
        }

        using var sums = new Guarded<int>(ByteBlock.Rows);
        using var others = new Guarded<int>(ByteBlock.Rows);
        var spread = ByteBlock.Spread(low, strips);
        foreach (var threshold in products.Where(p => !float.IsNaN(p)).Append(0).Append(float.NegativeInfinity))
        {
            var near = ByteProducts.Scalar.Near(high, query, spread, threshold, sums);
            Same(width, near, ByteProducts.Narrow.Near(high, query, spread, threshold, others), sums, others);
            if (Avx2.IsSupported) Same(width, near, ByteProducts.Wide.Near(high, query, spread, threshold, others), sums, others);
            for (var place = 0; place < ByteBlock.Rows; place++)
            {
                var has = !float.IsNaN(products[place]);
                if (!has && ((near >> place) & 1) == 1) throw new InvalidOperationException($"width {width}: place {place} is empty and near");
                if (products[place] > threshold && ((near >> place) & 1) == 0) throw new InvalidOperationException($"width {width} kind {kind}: row {place} has {products[place]}, more than {threshold}, and is not near");
            }
        }

        for (var place = 0; place < ByteBlock.Rows; place++)
        {
            if (float.IsNaN(products[place])) continue;
            var lows = low.Pointer + place * ByteBlock.LowRowBytes(width);
            var sum = ByteProducts.Scalar.Low(lows, query);
            if (sum != ByteProducts.Narrow.Low(lows, query) || sum != ByteProducts.Wide.Low(lows, query)) throw new InvalidOperationException($"width {width}: low halves of row {place}");
            if (sum > query.Most(spread)) throw new InvalidOperationException($"width {width} kind {kind}: {sum} of row {place} is above its bound {query.Most(spread)}");
            if ((16 * sums.Span[place] + sum) * ByteBlock.Scales(high, strips)[place] != products[place]) throw new InvalidOperationException($"width {width} kind {kind}: product of row {place}");
        }
    }

    /// <summary>Small numbers; the greatest bytes of both signs, where sums in 16 bits come nearest to their limit; and what brings a bound down to the product.</summary>
    private static float Query(int kind, int column, Random random) => kind switch
    {
        0 => random.NextSingle() - 0.5f,
        1 => random.Next(2) == 0 ? -1 : 1,
        2 or 3 => 1,
        4 => -1,
        _ => column == 0 ? 1 : 1e-3f,
    };

    private static float Row(int kind, int place, int column, Random random) => kind switch
    {
        0 => random.NextSingle() - 0.5f,
        1 => place % 2 == 0 ? (random.Next(2) == 0 ? -1 : 1) : random.NextSingle() - 0.5f,
        // low halves all 15, and all 0; the first column sets the scale
        2 => column == 0 ? 127 : 16 * random.Next(-7, 8) - 1,
        3 or 4 => column == 0 ? 127 : 16 * random.Next(-7, 8),
        _ => (random.NextSingle() - 0.5f) * (place % 2 == 0 ? 1e-42f : 1e38f),
    };

    private static int Byte(float[] vector, int column)
    {
        var scale = vector.Max(MathF.Abs) / 127;
        return scale > 0 ? (int)Math.Clamp(MathF.Round(vector[column] / scale), -127, 127) : 0;
    }

    private static void Same(int width, uint near, uint found, Guarded<int> expected, Guarded<int> actual)
    {
        if (near != found) throw new InvalidOperationException($"width {width}: rows {near:X8} expected, {found:X8} found");
        if (!expected.Span.SequenceEqual(actual.Span)) throw new InvalidOperationException($"width {width}: sums differ");
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
