using Sundry.Compute;

namespace Sundry.Tests;

public sealed class TopRowsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(5000)]
    public void The_kept_rows_are_the_best_by_a_sort(int keep)
    {
        var random = new Random(keep);
        var top = new TopRows();
        for (var round = 0; round < 4; round++)
        {
            top.Start(keep);
            var all = new List<(float Score, int Row)>();
            for (var row = 0; row < 9000; row++)
            {
                // many equal ones, and in the last round an order that pivots divide badly
                var score = round switch { 0 => random.NextSingle() - 0.5f, 1 => random.Next(-3, 4), 2 => row, _ => -row };
                all.Add((score, row));
                top.Add(row, score);
            }

            top.Finish();
            Assert.Equal(all.OrderByDescending(x => x.Score).ThenBy(x => x.Row).Take(keep), top.Keys.ToArray().Select(k => (TopRows.Score(k), TopRows.Row(k))));
        }
    }
}
