using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>A scan of high halves against one that computes every product of bytes: the same rows with the same scores.</summary>
public sealed unsafe class RowScanTests
{
    public static TheoryData<string> Kinds => ["random", "clustered", "constant", "alike", "tiny", "huge", "even", "odd", "sparse", "mixed"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void All_widths_find_what_all_products_of_bytes_find(string kind)
    {
        foreach (var width in Enumerable.Range(1, 70).Append(VectorRows.MostColumns)) Compare(kind, 700, width, 20, new Random(width));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Many_rows_find_what_all_products_of_bytes_find(string kind) => Compare(kind, 9000, 24, 60, new Random(1));

    [Fact]
    public void Few_low_halves_are_read()
    {
        const int count = 40_000, width = 64;
        var random = new Random(2);
        using var rows = new VectorRows(width);
        rows.Set([.. Enumerable.Range(0, count)], RowSearchTests.Draw(random, count * width));
        var search = new RowSearch();
        search.Find(rows, RowSearchTests.Draw(random, width), 10, [], new int[10], new float[10]);
        Assert.InRange(search.LowBytes, 10 * width / 2, count * width / 2 / 10);
        Assert.InRange(rows.ScanBytes, count * (width / 2 + 4), count * (width / 2 + 4) * 1.02);
    }

    private static void Compare(string kind, int count, int width, int top, Random random)
    {
        using var rows = new VectorRows(width);
        float[] vectors = [.. Enumerable.Range(0, count).SelectMany(row => Row(kind, row, width, random))];
        rows.Set([.. Enumerable.Range(0, count)], vectors);
        // some go, and some of these come back as others
        int[] gone = [.. Enumerable.Range(0, count).Where(_ => random.Next(5) == 0)];
        int[] back = [.. gone.Where(_ => random.Next(2) == 0)];
        rows.Remove(gone);
        foreach (var row in back) Row(kind, row + count, width, random).CopyTo(vectors, row * width);
        rows.Set(back, [.. back.SelectMany(row => vectors[(row * width)..((row + 1) * width)])]);
        var absent = gone.Except(back).ToHashSet();

        foreach (var oversampling in new[] { 1.0, 2.0 })
        {
            var search = new RowSearch { Oversampling = oversampling };
            var filter = Enumerable.Range(0, count / 64).Select(_ => random.Next(3) == 0 ? 0 : (ulong)random.NextInt64()).ToArray();
            foreach (var allowed in new[] { [], filter })
            {
                float[] queries = [.. Enumerable.Range(0, 3).SelectMany(q => Query(kind, q, vectors[..width], random))];
                var (found, scores) = (new int[3 * top], new float[3 * top]);
                var n = search.Find(rows, queries, top, allowed, found, scores);
                for (var q = 0; q < 3; q++)
                {
                    var expected = Best(vectors, queries[(q * width)..((q + 1) * width)], top, (int)(top * oversampling), row => !absent.Contains(row) && (allowed.Length == 0 || (row / 64 < allowed.Length && ((allowed[row / 64] >> row) & 1) == 1)));
                    Assert.Equal(expected.Select(e => e.Row), found[(q * top)..(q * top + n)]);
                    Assert.Equal(expected.Select(e => e.Score), scores[(q * top)..(q * top + n)]);
                }
            }
        }
    }

    private static float[] Row(string kind, int row, int width, Random random)
    {
        var vector = RowSearchTests.Draw(random, width);
        for (var i = 0; i < width; i++)
        {
            vector[i] = kind switch
            {
                "clustered" => MathF.Sin(row % 5 * 100 + i) + vector[i] * 0.01f,
                "constant" => row % 9 - 4,
                "alike" => MathF.Sin(i),
                "tiny" => vector[i] * 1e-42f,
                "huge" => vector[i] * 1e17f,
                // low halves all 0, and all 15: the first column sets the scale
                "even" => i == 0 ? 127 : 16 * random.Next(-7, 8),
                "odd" => i == 0 ? 127 : 16 * random.Next(-7, 8) - 1,
                "sparse" => i == row % width ? vector[i] : 0,
                "mixed" => vector[i] * MathF.Pow(10, row % 7 - 3),
                _ => vector[i],
            };
        }

        return vector;
    }

    private static float[] Query(string kind, int number, float[] row, Random random) => (kind, number) switch
    {
        (_, 0) => RowSearchTests.Draw(random, row.Length),
        ("even" or "odd", _) => [.. row.Select(_ => number == 1 ? 1f : -1f)],
        (_, 1) => row,
        _ => [.. row.Select(x => -x)],
    };

    private static IReadOnlyList<(int Row, float Score)> Best(float[] vectors, float[] query, int top, int keep, Func<int, bool> may)
    {
        var width = query.Length;
        var (q, _) = Bytes(query);
        return
        [
            .. Enumerable.Range(0, vectors.Length / width).Where(may)
                .Select(row => (Row: row, Score: Product(vectors.AsSpan(row * width, width).ToArray(), q)))
                .OrderByDescending(x => x.Score).ThenBy(x => x.Row).Take(keep)
                .Select(x => (x.Row, Score: Float(vectors.AsSpan(x.Row * width, width), query)))
                .OrderByDescending(x => x.Score).ThenBy(x => x.Row).Take(top),
        ];
    }

    private static float Product(float[] row, int[] query)
    {
        var (bytes, scale) = Bytes(row);
        var sum = 0;
        for (var i = 0; i < query.Length; i++) sum += bytes[i] * query[i];
        return sum * scale;
    }

    private static float Float(ReadOnlySpan<float> row, ReadOnlySpan<float> query)
    {
        fixed (float* a = query)
        fixed (float* b = row)
            return Dots.Of(a, b, query.Length) + 0f;
    }

    private static (int[] Bytes, float Scale) Bytes(float[] vector)
    {
        var scale = vector.Max(MathF.Abs) / 127;
        return ([.. vector.Select(x => scale > 0 ? (int)Math.Clamp(MathF.Round(x / scale), -127, 127) : 0)], scale);
    }
}
