using Sundry.Compute;
using Sundry.Tests.House;

namespace Sundry.Tests;

[Collection(nameof(Alone))]
public sealed class RowSearchTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(31, 4)]
    [InlineData(700, 10)]
    [InlineData(5000, 64)]
    [InlineData(3000, 37)]
    public void The_best_rows_are_found_in_order(int count, int width)
    {
        var random = new Random(count);
        var vectors = Draw(random, count * width);
        using var rows = Fill(vectors, width);
        var search = new RowSearch();
        var (found, scores) = (new int[50], new float[50]);
        for (var round = 0; round < 10; round++)
        {
            var query = Draw(random, width);
            var allowed = round % 2 == 0 ? [] : Bits(random, count - round);
            var expected = Best(vectors, query, 50, allowed);
            var n = search.Find(rows, query, 50, allowed, found, scores);
            Assert.Equal(expected.Count, n);
            for (var i = 0; i < n; i++) Assert.Equal(expected[i].Score, scores[i], 1e-3f);
            Assert.Equal(n, found[..n].Distinct().Count());
            Assert.True(found[..n].Intersect(expected.Select(e => e.Row)).Count() >= 0.98 * n);
            Assert.All(found[..n], row => Assert.True(allowed.Length == 0 || ((allowed[row / 64] >> row) & 1) == 1));
        }
    }

    [Fact]
    public void Several_queries_find_what_each_finds_alone()
    {
        const int width = 24, top = 30;
        var random = new Random(5);
        using var rows = Fill(Draw(random, 4000 * width), width);
        var queries = Draw(random, 5 * width);
        var search = new RowSearch();
        var (found, scores) = (new int[5 * top], new float[5 * top]);
        var (one, score) = (new int[top], new float[top]);
        Assert.Equal(top, search.Find(rows, queries, top, [], found, scores));
        for (var q = 0; q < 5; q++)
        {
            search.Find(rows, queries.AsSpan(q * width, width), top, [], one, score);
            Assert.Equal(one, found[(q * top)..((q + 1) * top)]);
            Assert.Equal(score, scores[(q * top)..((q + 1) * top)]);
        }
    }

    [Fact]
    public void Equal_products_go_to_the_lower_row()
    {
        using var rows = new VectorRows(4);
        for (var row = 0; row < 3000; row++) rows.Set(row, [1, 2, 3, 4]);
        var (found, scores) = (new int[10], new float[10]);
        Assert.Equal(10, new RowSearch().Find(rows, [1, 1, 1, 1], 10, [], found, scores));
        Assert.Equal(Enumerable.Range(0, 10), found);
        Assert.All(scores, s => Assert.Equal(10f, s));
    }

    [Fact]
    public void No_rows_and_zeros_are_no_trouble()
    {
        using var rows = new VectorRows(3);
        var (found, scores) = (new int[5], new float[5]);
        Assert.Equal(0, new RowSearch().Find(rows, [1, 2, 3], 5, [], found, scores));
        rows.Set(700, [0, 0, 0]);
        Assert.Equal(1, new RowSearch().Find(rows, [0, 0, 0], 5, [], found, scores));
        Assert.Equal((700, 0f), (found[0], scores[0]));
        Assert.Equal(0, new RowSearch().Find(rows, [1, 0, 0], 5, [ulong.MaxValue], found, scores));
        Assert.Throws<ArgumentException>(() => new RowSearch().Find(rows, [1, 2], 5, [], found, scores));
        Assert.Throws<ArgumentException>(() => new RowSearch().Find(rows, [1, 2, float.NaN], 5, [], found, scores));
    }

    [Fact]
    public void A_search_allocates_nothing()
    {
        using var rows = Fill(Draw(new Random(1), 2000 * 16), 16);
        var search = new RowSearch();
        var (query, found, scores) = (Draw(new Random(2), 16), new int[20], new float[20]);
        Assert.Equal(0, AllocationBudget.BytesPerCall(() => search.Find(rows, query, 20, [], found, scores)));
    }

    internal static float[] Draw(Random random, int count)
    {
        var vector = new float[count];
        foreach (ref var x in vector.AsSpan()) x = 2 * random.NextSingle() - 1;
        return vector;
    }

    private static VectorRows Fill(float[] vectors, int width)
    {
        var rows = new VectorRows(width);
        rows.Set([.. Enumerable.Range(0, vectors.Length / width)], vectors);
        return rows;
    }

    private static ulong[] Bits(Random random, int count)
    {
        var bits = new ulong[Math.Max(1, count / 64)];
        foreach (ref var word in bits.AsSpan()) word = random.Next(3) == 0 ? 0 : (ulong)random.NextInt64();
        return bits;
    }

    private static List<(int Row, float Score)> Best(float[] vectors, float[] query, int top, ulong[] allowed) =>
    [
        .. Enumerable.Range(0, vectors.Length / query.Length)
            .Where(row => allowed.Length == 0 || (row / 64 < allowed.Length && ((allowed[row / 64] >> row) & 1) == 1))
            .Select(row => (row, (float)query.Select((x, i) => (double)x * vectors[row * query.Length + i]).Sum()))
            .OrderByDescending(x => x.Item2).ThenBy(x => x.row).Take(top),
    ];
}
