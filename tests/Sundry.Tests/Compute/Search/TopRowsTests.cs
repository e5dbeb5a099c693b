using Sundry.Compute;

namespace Sundry.Tests;

public sealed unsafe class TopRowsTests
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
        var scores = stackalloc float[ByteBlock.Rows];
        for (var round = 0; round < 4; round++)
        {
            top.Start(keep);
            var all = new List<(float Score, int Row)>();
            for (var first = 0; first < 9000; first += ByteBlock.Rows)
            {
                uint above = 0;
                for (var i = 0; i < ByteBlock.Rows; i++)
                {
                    // many equal ones, and in the last round an order that pivots divide badly
                    scores[i] = round switch { 0 => random.NextSingle() - 0.5f, 1 => random.Next(-3, 4), 2 => first + i, _ => -(first + i) };
                    all.Add((scores[i], first + i));
                    if (scores[i] > top.Threshold) above |= 1u << i;
                }

                if (above != 0) top.Add(first, above, scores);
            }

            top.Finish();
            Assert.Equal(all.OrderByDescending(x => x.Score).ThenBy(x => x.Row).Take(keep), top.Keys.ToArray().Select(k => (TopRows.Score(k), TopRows.Row(k))));
        }
    }
}
