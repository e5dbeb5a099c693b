using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

public sealed class SampleEncoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_sample_after_the_other_is_to_the_bit_what_was_prepared()
    {
        var log = ToyLog.Draw(22_000, users: 200, items: 150);
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new() { Within = "1h" }, ["buy"] = new() { Event = "purchase", Within = "3d", After = ["click"] } };
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks);
        Check(data, log, Reloaded(data.Encoder), "main", EventTypes.Impression, 10_000);
    }

    [Fact]
    public void Neighbours_trees_and_days_are_so_too()
    {
        var log = ToyLog.Draw(12_000, users: 90, items: 70);
        var features = new Dictionary<string, FeatureOptions>
        {
            ["item"] = new() { Kind = FeatureKind.Categorical },
            ["friends"] = new() { Kind = FeatureKind.Neighbours, Edges = EdgeKind.Friends, Events = ["click"] },
            ["together"] = new() { Kind = FeatureKind.Neighbours, Edges = EdgeKind.Together, Events = ["click", "purchase"], Within = "30m", Length = 8, Window = "9d" },
            ["similar"] = new() { Kind = FeatureKind.Neighbours, Edges = EdgeKind.Category, Events = ["purchase"], Length = 12, Sample = EdgeSample.Random },
            ["category"] = new() { Kind = FeatureKind.Categorical },
            ["above"] = new() { Kind = FeatureKind.MultiCategorical, Tree = true, Of = ["category"], Table = "category" },
            ["sold_yesterday"] = new() { Kind = FeatureKind.Counter, By = CounterOf.Item, Events = ["purchase"], Measure = CounterMeasure.Sum, Field = EventField.Quantity, Lag = 1 },
            ["sold_week"] = new() { Kind = FeatureKind.Counter, By = CounterOf.Category, Events = ["purchase"], Measure = CounterMeasure.Sum, Field = EventField.Quantity, Days = 7 },
            ["sold_above"] = new() { Kind = FeatureKind.Counter, By = CounterOf.Category, Events = ["purchase"], Days = 3, Tree = true, Level = CategoryLevel.Top },
            ["rate_above"] = new() { Kind = FeatureKind.Counter, By = CounterOf.Category, Events = ["click"], Per = ["impression"], Tree = true, Level = CategoryLevel.Parent },
            ["own_above"] = new() { Kind = FeatureKind.Counter, By = CounterOf.UserCategory, Events = ["click"], Window = "7d", Tree = true, Level = CategoryLevel.Top },
            ["clicks_7d"] = new() { Kind = FeatureKind.Counter, Events = ["click"], Window = "7d" },
        };
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new() { Within = "1h" } };
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks, features);
        Check(data, log, Reloaded(data.Encoder), "main", EventTypes.Impression, 4000);
        Assert.Equal([("friends", 20, "item"), ("together", 8, "item"), ("similar", 12, "item"), ("above", 0, "category")], data.Layout.Bags.Select(bag => (bag.Name, bag.Length, bag.Table!)));
        Assert.Equal(3, data.Layout.Bags.Take(3).Count(bag => bag.Rows == data.Layout.Ids.Single(id => id.Name == "item").Rows));
        // they hold something
        var batch = new Batch(data.Layout, 1);
        var filled = new int[4];
        for (int row = 0; row < data.Test!.Count; row++)
        {
            data.Test.Fill(batch, row, 1);
            for (int bag = 0; bag < 4; bag++)
                if (batch.BagOffsets[bag][1] > 0) filled[bag]++;
        }

        Assert.All(filled, count => Assert.InRange(count, data.Test.Count / 3, data.Test.Count));
    }

    [Fact]
    public void Rows_of_users_are_encoded_so_too()
    {
        var log = ToyLog.Draw(12_000, users: 60);
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new(), ["churn"] = new() { Event = "purchase", Absent = true, Source = "users" } };
        var sources = new OrderedDictionary<string, SourceOptions> { ["users"] = new() { Rows = new RowsOptions { Kind = "users", Every = "2d" } } };
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks, sources: sources);
        var encoder = Reloaded(data.Encoder);
        var state = SampleEncoder.NewState(encoder, log);
        var one = new SampleEncoder(encoder, log, state, "users");
        var (expected, actual) = (new Batch(data.Layout, 1), new Batch(data.Layout, 1));
        var facts = new LogFacts(log);
        var rows = new PeriodRows(log, facts, true, 2 * ToyLog.Day, 2 * ToyLog.Day).ToArray();
        var range = data.Train.Sources[1];
        Assert.InRange(range.Count, 50, rows.Length);
        int next = 0;
        var events = ShopStateTests.All(log);
        for (int i = 0; i < range.Count; i++)
        {
            for (; events[next].Time < rows[i].Time; next++) state.Add(events[next]);
            data.Train.Fill(expected, range.First + i, 1);
            actual.Count = 0;
            one.Append(actual, ToyLog.Event(0, rows[i].Time, rows[i].User, -1));
            Same(expected, actual);
        }
    }

    [Fact]
    public void An_item_is_encoded_anew_when_the_catalogue_changes()
    {
        var log = ToyLog.Draw(3000, users: 20, items: 30);
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, new() { ["click"] = new() });
        var state = SampleEncoder.NewState(data.Encoder, log);
        foreach (var e in ShopStateTests.All(log)) state.Add(e);
        var kept = new SampleEncoder(data.Encoder, log, state);
        var (expected, actual) = (new Batch(data.Layout, 1), new Batch(data.Layout, 1));
        var random = new Random(3);
        var seen = new HashSet<string>();
        for (int round = 0; round < 400; round++)
        {
            var shown = ToyLog.Event(0, state.Time + 1, round % 20, random.Next(12), price: 3) with { Scenario = 1, Session = 4, Position = 1 };
            (expected.Count, actual.Count) = (0, 0);
            new SampleEncoder(data.Encoder, log, state).Append(expected, shown, [1]);
            kept.Append(actual, shown, [1]);
            Same(expected, actual);
            seen.Add(string.Join(' ', actual.Ids.Take(data.Layout.Ids.Count)));
            var column = log.ItemColumns[random.Next(log.ItemColumns.Count)];
            if (round % 3 == 0) column.Set(random.Next(12), random.Next(-1, column.Values.Count));
        }

        Assert.True(seen.Count > 100);
    }

    [Theory]
    [InlineData(SequenceEncoding.Mean)]
    [InlineData(SequenceEncoding.Din)]
    public void What_candidates_share_is_needed_in_the_first_row_alone(SequenceEncoding reader)
    {
        var log = ToyLog.Draw(9000, users: 50, items: 80);
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, new() { ["click"] = new() });
        var sequences = new OrderedDictionary<string, SequenceOptions> { ["history"] = new() { Encoder = reader, Target = reader == SequenceEncoding.Din ? "item" : null } };
        var model = new MultiTaskModel(data.Layout, new ModelOptions { Normalization = Normalization.None, Sequences = sequences });
        using var store = new ParameterStore(model.Graph, 7);
        var state = SampleEncoder.NewState(data.Encoder, log);
        foreach (var e in ShopStateTests.All(log)) state.Add(e);
        var encoder = new SampleEncoder(data.Encoder, log, state);
        Assert.Contains("user", encoder.SharedColumns);
        Assert.Contains("history", encoder.SharedColumns);
        Assert.DoesNotContain("item", encoder.SharedColumns);
        Assert.DoesNotContain("price", encoder.SharedColumns);
        using var plain = new Predictor(model, store, 40);
        using var shared = new Predictor(model, store, 40, shared: encoder.SharedColumns);
        var (whole, once) = (new Batch(data.Layout, 40), new Batch(data.Layout, 40));
        for (int user = 0; user < 5; user++)
        {
            (whole.Count, once.Count) = (0, 0);
            for (int item = 0; item < 40; item++)
            {
                var shown = ToyLog.Event(0, state.Time + 1, user, item, price: 3 + item) with { Scenario = 1, Session = 4, Position = 1 };
                encoder.Append(whole, shown, [1]);
                encoder.Append(once, shown, [1], sharing: true);
            }

            plain.Run(whole);
            shared.Run(once);
            var (expected, actual) = (new float[40], new float[40]);
            plain.Copy(model.Heads[0].Logits, expected);
            shared.Copy(model.Heads[0].Logits, actual);
            Assert.InRange(expected.Distinct().Count(), 30, 40);
            for (int i = 0; i < 40; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
        }
    }

    private static void Check(Dataset data, EventLog log, Encoder encoder, string source, byte type, int least)
    {
        var state = SampleEncoder.NewState(encoder, log);
        var one = new SampleEncoder(encoder, log, state, source);
        var events = ShopStateTests.All(log);
        var (expected, actual) = (new Batch(data.Layout, 1), new Batch(data.Layout, 1));
        // rows are in order of time, and so are the parts
        EncodedTable[] tables = [data.Train, data.Validation, data.Test!];
        int part = 0, row = 0, rows = 0, added = 0;
        for (int i = 0; i < events.Length; i++)
        {
            if (events[i].Type != type) continue;
            for (; events[added].Time < events[i].Time; added++) state.Add(events[added]);
            while (row == tables[part].Count) (part, row) = (part + 1, 0);
            tables[part].Fill(expected, row++, 1);
            actual.Count = 0;
            one.Append(actual, events[i], [log.Context[0][i]]);
            Same(expected, actual);
            rows++;
            if (rows % 1500 != 0) continue;
            // a rest on disk in between changes nothing
            using var file = new MemoryStream();
            state.Save(file);
            file.Position = 0;
            state = SampleEncoder.NewState(encoder, log);
            state.Load(file);
            one = new SampleEncoder(encoder, log, state, source);
        }

        Assert.InRange(rows, least, int.MaxValue);
        Assert.Equal(rows, tables.Sum(table => table.Count));
    }

    private static Encoder Reloaded(Encoder encoder)
    {
        using var file = new MemoryStream();
        encoder.Save(file);
        file.Position = 0;
        return Encoder.Load(file);
    }

    private static void Same(Batch expected, Batch actual)
    {
        Assert.Equal(expected.Ids, actual.Ids);
        Assert.Equal(expected.Numbers.Select(BitConverter.SingleToInt32Bits), actual.Numbers.Select(BitConverter.SingleToInt32Bits));
        for (int bag = 0; bag < expected.BagIds.Length; bag++)
        {
            Assert.Equal(expected.BagOffsets[bag][..2], actual.BagOffsets[bag][..2]);
            int length = expected.BagOffsets[bag][1];
            Assert.Equal(expected.BagIds[bag][..length], actual.BagIds[bag][..length]);
            Assert.All(actual.BagIds[bag][..length], id => Assert.InRange(id, 0, expected.Layout.Bags[bag].Rows - 1));
        }
    }
}
