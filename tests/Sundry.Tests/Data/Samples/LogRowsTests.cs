using Sundry.Data;

namespace Sundry.Tests;

public sealed class LogRowsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_a_log_are_to_the_bit_those_that_were_prepared_with_their_labels()
    {
        var log = ToyLog.Draw(9000, users: 80, items: 60);
        var tasks = new Dictionary<string, TaskOptions>
        {
            ["click"] = new() { Within = "1h" },
            ["buy"] = new() { Event = "purchase", Within = "3d", After = ["click"] },
            ["stay"] = new() { Type = TaskType.Regression, Event = "dwell", Label = "value", Within = "30m", Where = "click = 1" },
        };
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks);
        var sample = Assert.Single(data.Summary.Samples);
        Assert.Equal(["click", "purchase", "dwell"], sample.Tasks.Select(t => t.Event));
        Assert.Equal([ToyLog.Hour, 3 * ToyLog.Day, ToyLog.Hour / 2], sample.Tasks.Select(t => t.Within));
        Assert.Equal(log.Count, data.Summary.Log!.Events);
        Assert.Equal(log.Count, data.Summary.Log.Types.Sum(t => t.Count));
        var rows = new LogRows(data.Encoder, log, new DataOptions { Rows = new RowsOptions { Kind = "impressions" } }, tasks);
        Assert.Equal(data.Test!.Count, rows.CountFrom(sample.TestFrom!.Value));
        Check(rows, sample.TestFrom.Value, data.Test);
        Assert.Equal(data.Validation.Count + data.Test.Count, rows.CountFrom(sample.ValidationFrom!.Value));
    }

    [Fact]
    public void Rows_of_users_and_drawn_negatives_are_too()
    {
        var log = ToyLog.Draw(9000, users: 60);
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new(), ["churn"] = new() { Event = "purchase", Absent = true, Source = "users" } };
        var sources = new OrderedDictionary<string, SourceOptions> { ["users"] = new() { Rows = new RowsOptions { Kind = "users", Every = "2d" } } };
        var kind = new RowsOptions { Kind = "click", Negatives = new NegativeOptions { Count = 2 } };
        using var data = SampleSetTests.Prepare(_folder, log, kind, tasks, sources: sources);
        var options = new DataOptions { Rows = kind, Sources = sources };
        Assert.Equal(["main", "users"], data.Summary.Samples.Select(s => s.Source));
        Assert.InRange(data.Summary.Samples[0].Drawn, 0.001, 0.5);
        for (var s = 0; s < 2; s++)
            Check(new LogRows(data.Encoder, log, options, tasks, data.Summary.Samples[s].Source), data.Summary.Samples[s].TestFrom!.Value, data.Test!, data.Test!.Sources[s].First, data.Test.Sources[s].Count);
    }

    [Fact]
    public void A_source_of_a_table_has_no_rows_in_the_log()
    {
        var log = ToyLog.Draw(4000);
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new() { Within = "1h" } };
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks);
        var error = Assert.Throws<InputException>(() => new LogRows(data.Encoder, log, new DataOptions(), tasks));
        Assert.Contains("those of a table", error.Message, StringComparison.Ordinal);
    }

    private static void Check(LogRows rows, long from, EncodedTable table, int first = 0, int? count = null)
    {
        var expected = new Batch(table.Layout, 1);
        var seen = 0;
        rows.Run(from, 64, (batch, numbers) =>
        {
            Assert.Equal(batch.Count, numbers.Length);
            for (var row = 0; row < batch.Count; row++)
            {
                table.Fill(expected, first + seen++, 1);
                Assert.Equal(expected.Ids, Part(batch.Ids, row, table.Layout.Ids.Count));
                Assert.Equal(Bits(expected.Numbers), Bits(Part(batch.Numbers, row, table.Layout.Numbers.Count)));
                Assert.Equal(Bits(expected.Labels), Bits(Part(batch.Labels, row, table.Layout.Tasks.Count)));
                for (var bag = 0; bag < expected.BagIds.Length; bag++)
                    Assert.Equal(expected.BagIds[bag][..expected.BagOffsets[bag][1]], batch.BagIds[bag][batch.BagOffsets[bag][row]..batch.BagOffsets[bag][row + 1]]);
            }
        });
        Assert.Equal(count ?? table.Count, seen);
    }

    private static T[] Part<T>(T[] all, int row, int width) => all[(row * width)..((row + 1) * width)];

    private static IEnumerable<int> Bits(float[] numbers) => numbers.Select(number => float.IsNaN(number) ? -1 : BitConverter.SingleToInt32Bits(number));
}
