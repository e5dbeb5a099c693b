using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SourceRowsTests
{
    private static readonly SourceRange[] s_sources = [new("main", 0, 1000), new("users", 1000, 60), new("reviews", 1060, 250)];

    [Fact]
    public void Mixed_batches_hold_all_sources_in_proportion_and_an_epoch_every_row_once()
    {
        var epoch = Epoch(SourceDraw.Mixed, 100, 1);
        Assert.Equal(Enumerable.Range(0, 1310), epoch.SelectMany(b => b).Order());
        Assert.All(epoch.SkipLast(1), batch =>
        {
            Assert.Equal(100, batch.Length);
            // 100 rows in 1310: 76.3, 4.6 and 19.1 are due, and rounding moves no more than a row a source at either end
            Assert.InRange(batch.Count(row => row < 1000), 74, 79);
            Assert.InRange(batch.Count(row => row is >= 1000 and < 1060), 3, 6);
        });
    }

    [Fact]
    public void Proportional_batches_are_of_one_source_and_an_epoch_is_every_row_once()
    {
        var epoch = Epoch(SourceDraw.Proportional, 100, 1);
        Assert.Equal([10, 1, 3], Shares(epoch));
        Assert.Equal(Enumerable.Range(0, 1310), epoch.SelectMany(b => b).Order());
        // not all of one before the next
        Assert.True(epoch.Select(b => Source(b[0])).Zip(epoch.Skip(1).Select(b => Source(b[0]))).Count(pair => pair.First != pair.Second) > 3);
    }

    [Fact]
    public void In_turn_every_source_has_a_batch_in_each_round_and_a_small_one_goes_on_where_it_was()
    {
        var draw = new SourceRows(s_sources, new() { Draw = SourceDraw.InTurn }, 100);
        var seen = new int[1310];
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            draw.Draw(5, epoch);
            Assert.Equal(30, draw.Steps(epoch));
            Assert.Equal(10 * (100 + 60 + 100), draw.Rows(epoch));
            for (var step = 0; step < 30; step++)
            {
                var batch = draw.Batch(step).ToArray();
                Assert.All(batch, row => Assert.Equal(step % 3, Source(row)));
                foreach (var row in batch) seen[row]++;
            }
        }

        // the largest once an epoch; 3000 draws of 250 rows are twelve of each
        Assert.All(seen[..1000], n => Assert.Equal(3, n));
        Assert.All(seen[1000..1060], n => Assert.Equal(30, n));
        Assert.All(seen[1060..], n => Assert.Equal(12, n));
    }

    [Theory]
    [InlineData(1, new[] { 10, 1, 3 })]
    [InlineData(2, new[] { 10, 2, 5 })]
    [InlineData(1e6, new[] { 10, 10, 10 })]
    public void A_temperature_lies_between_in_proportion_and_in_turn(double temperature, int[] batches) =>
        Assert.Equal(batches, Shares(Epoch(SourceDraw.Temperature, 100, 1, temperature)));

    [Fact]
    public void Alternating_gives_each_epoch_to_one_source()
    {
        for (var epoch = 1; epoch <= 7; epoch++)
        {
            var range = s_sources[(epoch - 1) % 3];
            Assert.Equal(Enumerable.Range(range.First, range.Count), Epoch(SourceDraw.Alternate, 100, epoch).SelectMany(b => b).Order());
        }
    }

    [Theory]
    [InlineData(SourceDraw.Mixed)]
    [InlineData(SourceDraw.Proportional)]
    [InlineData(SourceDraw.InTurn)]
    [InlineData(SourceDraw.Temperature)]
    [InlineData(SourceDraw.Alternate)]
    public void An_epoch_depends_on_the_seed_and_its_number_alone(SourceDraw draw)
    {
        var rows = new SourceRows(s_sources, new() { Draw = draw }, 64);
        rows.Draw(3, 1);
        rows.Draw(3, 2);
        rows.Draw(3, 4);
        var direct = Epoch(draw, 64, 4, seed: 3);
        Assert.Equal(direct.Length, rows.Steps(4));
        Assert.Equal(direct.Sum(b => b.Length), rows.Rows(4));
        for (var step = 0; step < direct.Length; step++) Assert.Equal(direct[step], rows.Batch(step).ToArray());
        Assert.NotEqual(direct.SelectMany(b => b), Epoch(draw, 64, 4, seed: 4).SelectMany(b => b));
        Assert.NotEqual(direct.SelectMany(b => b), Epoch(draw, 64, 7, seed: 3).SelectMany(b => b));
    }

    private static int[][] Epoch(SourceDraw draw, int batch, int epoch, double? temperature = null, ulong seed = 1)
    {
        var rows = new SourceRows(s_sources, new() { Draw = draw, Temperature = temperature }, batch);
        rows.Draw(seed, epoch);
        return [.. Enumerable.Range(0, rows.Steps(epoch)).Select(step => rows.Batch(step).ToArray())];
    }

    private static int Source(int row) => row < 1000 ? 0 : row < 1060 ? 1 : 2;

    private static int[] Shares(int[][] epoch)
    {
        Assert.All(epoch, batch => Assert.Single(batch.Select(Source).Distinct()));
        return [.. Enumerable.Range(0, 3).Select(s => epoch.Count(batch => Source(batch[0]) == s))];
    }
}
