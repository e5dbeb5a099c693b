using Sundry.Compute;

namespace Sundry.Tests;

public sealed class GatheredRowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(16, 4)]
    [InlineData(37, 9)]
    [InlineData(192, 14)]
    public void Sums_are_what_plain_loops_make(int n, int m)
    {
        var random = new Random(n);
        float[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - .5f)];
        float[] table = Some(20 * n), x = Some(n), y = Some(n), weights = Some(m);
        int[] rows = [.. Enumerable.Range(0, m).Select(_ => random.Next(20))];
        var expected = y.Select(v => (double)v).ToArray();
        for (var r = 0; r < m; r++)
        {
            var dot = Enumerable.Range(0, n).Sum(i => (double)table[rows[r] * n + i] * x[i]);
            for (var i = 0; i < n; i++) expected[i] += (.3 + weights[r] * (.7 - 2 * dot)) * table[rows[r] * n + i];
        }

        var sum = y.ToArray();
        GatheredRows.AddProducts(sum, table, rows, weights, x, .3f, .7f, -2f);
        for (var i = 0; i < n; i++) Assert.Equal(expected[i], sum[i], 1e-4);

        sum = [.. y];
        GatheredRows.AddCombination(sum, table.AsSpan(0, m * n), weights);
        for (var i = 0; i < n; i++) Assert.Equal(y[i] + Enumerable.Range(0, m).Sum(r => (double)weights[r] * table[r * n + i]), sum[i], 1e-4);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("no row 2", Assert.Throws<ArgumentException>(() => GatheredRows.AddProducts(new float[3], new float[6], [0, 2], [1, 1], new float[3], 1, 1, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GatheredRows.AddProducts(new float[3], new float[6], [0, -1], [1, 1], new float[3], 1, 1, 1));
        Assert.Throws<ArgumentException>(() => GatheredRows.AddProducts(new float[3], new float[6], [0], [1, 1], new float[3], 1, 1, 1));
        Assert.Throws<ArgumentException>(() => GatheredRows.AddCombination(new float[3], new float[6], [1]));
    }
}
