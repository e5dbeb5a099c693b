using Sundry.Compute;

namespace Sundry.Tests;

public sealed unsafe class RowGradientsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Rows_merge_alike_in_any_number_of_partitions(int partitions)
    {
        const int width = 3;
        var graph = new Graph();
        var table = graph.Table("t", 1_000_000, width, Initializer.Zeros);
        RowGradients[] parts = [.. Enumerable.Range(0, partitions).Select(p => new RowGradients(table, p, partitions))];
        var random = new Random(1);
        var gradient = stackalloc float[width];
        // more rows each time, so that it grows; then few, so that what it grew for is forgotten
        foreach (var count in (int[])[5, 100, 20_000, 3])
        {
            foreach (var part in parts) part.Clear();
            var expected = new Dictionary<int, float[]>();
            for (var i = 0; i < count; i++)
            {
                var row = random.Next(count < 100 ? 4 : count);
                row = row % 2 == 0 ? row : 999_999 - row;
                for (var j = 0; j < width; j++) gradient[j] = random.NextSingle() - 0.5f;
                var scale = i % 2 == 0 ? 1 : 0.25f;
                var sum = expected.TryGetValue(row, out var known) ? known : expected[row] = new float[width];
                for (var j = 0; j < width; j++) sum[j] += scale * gradient[j];
                var takers = parts.Where(p => p.Takes(row)).ToArray();
                Assert.Single(takers);
                takers[0].Add(row, gradient, scale);
            }

            Assert.Equal(expected.Count, parts.Sum(p => p.Count));
            foreach (var part in parts)
            {
                for (var slot = 0; slot < part.Count; slot++)
                {
                    var row = part.Row(slot);
                    Check.Exact($"row {row}", expected[row], new ReadOnlySpan<float>(part.Gradient(slot), width));
                    Assert.True(expected.Remove(row));
                }
            }

            Assert.Empty(expected);
        }

        foreach (var part in parts) part.Dispose();
    }

    [Fact]
    public void It_is_empty_at_first()
    {
        using var part = new RowGradients(new Graph().Table("t", 5, 2, Initializer.Zeros), 0, 1);
        part.Slot(3)[1] += 1;
        part.Slot(0)[0] += 2;
        Assert.Equal(2, part.Count);
        Assert.Equal(0, part.Slot(0)[1]);
        Assert.Equal(1, part.Slot(3)[1]);
    }
}
