using Sundry.Data;

namespace Sundry.Tests;

/// <summary>From a log to encoded rows, end to end.</summary>
public sealed class SampleSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    internal static Dataset Prepare(
        TemporaryFolder folder,
        EventLog log,
        RowsOptions rows,
        Dictionary<string, TaskOptions> tasks,
        Dictionary<string, FeatureOptions>? features = null,
        IReadOnlyDictionary<string, SourceOptions>? sources = null,
        SplitOptions? split = null,
        GroupColumns? groups = null) =>
        Dataset.Prepare(new DataRequest(new DataOptions { Rows = rows, Split = split ?? new(), Sources = sources ?? new OrderedDictionary<string, SourceOptions>() }, features, [], tasks, folder.Root, groups) { Log = () => log });

    [Fact]
    public void A_log_becomes_rows_with_counters_and_a_history_split_by_time()
    {
        var log = ToyLog.Draw(8000);
        var tasks = new Dictionary<string, TaskOptions>
        {
            ["click"] = new() { Within = "1h" },
            ["buy"] = new() { Event = "purchase", Within = "9d", After = ["click"] },
            ["stay"] = new() { Type = TaskType.Regression, Event = "dwell", Label = "value", Within = "30m", Where = "click = 1" },
        };
        using var data = Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks);
        var facts = new LogFacts(log);
        Assert.Equal(facts.Counts[EventTypes.Impression], data.Train.Count + data.Validation.Count + data.Test!.Count);
        Assert.Equal("10% of the training rows for validation and 20% of the rows for the test, by time, the newest rows last", data.Summary.SplitBy);
        var names = data.Encoder.InputColumns;
        foreach (var name in new[] { "user", "item", "scenario", "position", "price", "time", "device", "category", "item_price", "tags", "age", "region", "user_click_7d", "item_click_rate", "user_item_since_click", "history" })
            Assert.Contains(name, names);
        // what is known only afterwards is no feature, nor are visits and words
        foreach (var name in new[] { "value", "quantity", "session", "text", "click", "stay" }) Assert.DoesNotContain(name, names);
        Assert.Equal(["tags", "history", "history:category", "history:event", "history:age"], data.Layout.Bags.Select(bag => bag.Name));
        // the items of the history are those of the feature 'item'
        Assert.Equal(data.Layout.Ids.Single(id => id.Name == "item").Rows, data.Layout.Bags[1].Rows);
        Assert.All(data.Layout.Bags.Skip(1), bag => Assert.Equal((50, "history"), (bag.Length, bag.Window)));
        var stay = data.Summary.Tasks.Single(task => task.Name == "stay").Splits[0];
        Assert.InRange(stay.Labelled, 1, data.Summary.Tasks[0].Splits[0].Positives);
        Assert.InRange(data.Summary.Tasks[1].Splits[2].Masked, 1, data.Test.Count);
        Assert.Contains(data.Summary.Notes, note => note.Contains("rows of the task 'buy' end within its window", StringComparison.Ordinal) && note.EndsWith("and have no label.", StringComparison.Ordinal));
        LeakageGuard.Check(data, new DataOptions());

        using var again = Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks);
        Assert.True(again.Summary.FromCache);
        using var other = Prepare(_folder, ToyLog.Draw(8000, seed: 2), new RowsOptions { Kind = "impressions" }, tasks);
        Assert.False(other.Summary.FromCache);
    }

    [Fact]
    public void Windows_hold_the_newest_events_of_the_user_before_the_row()
    {
        var log = ToyLog.Draw(6000, users: 8, items: 30);
        var features = new Dictionary<string, FeatureOptions>
        {
            ["item"] = new(),
            ["history"] = new() { Kind = FeatureKind.History, Events = ["click", "cart"], Length = 7, Beside = ["event", "age", "category"] },
        };
        using var data = Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, new() { ["click"] = new() }, features);
        var events = ShopStateTests.All(log);
        var batch = new Batch(data.Layout, 1);
        int row = 0;
        var rows = new Dictionary<int, int>();
        for (int i = 0; i < events.Length && row < data.Train.Count; i++)
        {
            if (events[i].Type != EventTypes.Impression) continue;
            data.Train.Fill(batch, row++, 1);
            var (user, time) = (events[i].User, events[i].Time);
            var expected = events.Where(e => e.Time < time && e.User == user && e.Type is EventTypes.Click or EventTypes.Cart).TakeLast(7).ToArray();
            foreach (var ends in batch.BagOffsets) Assert.Equal(expected.Length, ends[1]);
            for (int e = 0; e < expected.Length; e++)
            {
                Assert.Equal(expected[e].Type == EventTypes.Click ? 1 : 2, batch.BagIds[1][e]);
                Assert.Equal(1 + (int)Math.Floor(Math.Log2(1 + (time / 1000 - expected[e].Time / 1000))), batch.BagIds[2][e]);
                // one item, one id
                Assert.Equal(rows.TryGetValue(expected[e].Item, out int id) ? id : rows[expected[e].Item] = batch.BagIds[0][e], batch.BagIds[0][e]);
            }

            if (rows.TryGetValue(events[i].Item, out int own)) Assert.Equal(own, batch.Ids[0]);
        }

        Assert.InRange(rows.Count, 10, 30);
    }

    [Fact]
    public void Users_days_and_reviews_are_sources_beside_impressions()
    {
        var log = ToyLog.Draw(9000);
        var sources = new OrderedDictionary<string, SourceOptions>
        {
            ["users"] = new() { Rows = new RowsOptions { Kind = "users", Every = "3d" } },
            ["days"] = new() { Rows = new RowsOptions { Kind = "item_days" } },
            ["reviews"] = new() { Rows = new RowsOptions { Kind = "reviews" } },
        };
        var tasks = new Dictionary<string, TaskOptions>
        {
            ["click"] = new(),
            ["churn"] = new() { Event = "purchase", Absent = true, Source = "users" },
            ["worth"] = new() { Type = TaskType.Regression, Event = "purchase", Label = "spend", Source = "users" },
            ["demand"] = new() { Type = TaskType.Count, Event = "purchase", Label = "quantity", Source = "days" },
            ["stars"] = new() { Type = TaskType.Regression, Event = "review", Label = "value", Source = "reviews" },
            ["from"] = new() { Type = TaskType.Multiclass, Label = "region", Source = "reviews" },
        };
        using var data = Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks, sources: sources);
        var features = data.Layout.Sources.ToDictionary(source => source.Name, source => source.Features);
        Assert.Contains("user_click_7d", features["users"]);
        Assert.DoesNotContain("item_click_7d", features["users"]);
        Assert.Contains("item_click_7d", features["days"]);
        Assert.DoesNotContain("history", features["days"]);
        Assert.Contains("history", features["users"]);
        Assert.InRange(data.Layout.Tasks.Single(task => task.Name == "stars").LabelMean, 2, 4);
        Assert.Equal(4, data.Layout.Tasks.Single(task => task.Name == "from").Classes.Count);
        // a label of any source is a feature of none
        Assert.DoesNotContain("region", data.Encoder.InputColumns);
        var batch = new Batch(data.Layout, 4);
        foreach (var source in data.Train.Sources)
        {
            data.Train.Fill(batch, source.First, Math.Min(4, source.Count));
            for (int bag = 0; bag < batch.BagIds.Length; bag++)
                if (source.Source == "days" && data.Layout.Bags[bag].Feature == "history") Assert.Equal(0, batch.BagOffsets[bag][batch.Count]);
        }
    }

    [Fact]
    public void Drawn_negatives_are_corrected_for()
    {
        var log = ToyLog.Draw(5000);
        using var data = Prepare(_folder, log, new RowsOptions { Kind = "click", Negatives = new NegativeOptions { Count = 4 } }, new() { ["click"] = new(), ["buy"] = new() { Event = "purchase" } });
        Assert.InRange(data.Layout.Tasks[0].NegativeKeepRate, 4 / 39.0, 0.2);
        Assert.Equal(1, data.Layout.Tasks[1].NegativeKeepRate);
        Assert.InRange(data.Layout.Tasks[0].LabelMean, 0.19, 0.21);
        LeakageGuard.Check(data, new DataOptions());
    }

    [Theory]
    [InlineData("value", "'value' is known only after the event and cannot be a feature; remove it from 'features'")]
    [InlineData("quantity", "'quantity' is known only after the event and cannot be a feature; remove it from 'features'")]
    [InlineData("brand", "the column 'brand', named in 'features', is not in this file")]
    public void What_is_no_feature_is_refused(string name, string message)
    {
        var features = new Dictionary<string, FeatureOptions> { ["item"] = new(), [name] = new() };
        var refusal = Assert.Throws<InputException>(() => Prepare(_folder, ToyLog.Draw(500), new RowsOptions { Kind = "reviews" }, new() { ["stars"] = new() { Type = TaskType.Regression, Event = "review", Label = "value" } }, features)).Message;
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_log_and_histories_without_rows_are_refused()
    {
        var request = new DataRequest(new DataOptions { Rows = new RowsOptions { Kind = "impressions" } }, null, [], new Dictionary<string, TaskOptions> { ["click"] = new() }, _folder.Root);
        Assert.Equal("data.rows makes rows from a log, and there is none; name its files under 'data.log'", Assert.Throws<InputException>(() => Dataset.Prepare(request)).Message);
        Assert.Equal("the log holds no event", Assert.Throws<InputException>(() => Dataset.Prepare(request with { Log = () => new EventLog([]) })).Message[^"the log holds no event".Length..]);
        var features = new Dictionary<string, FeatureOptions> { ["item"] = new(), ["category"] = new() { Kind = FeatureKind.Counter, Events = ["click"] } };
        Assert.Equal(
            "'category' is a column of the log's rows already; give the counter another name under 'features'",
            Assert.Throws<InputException>(() => Prepare(_folder, ToyLog.Draw(500), new RowsOptions { Kind = "impressions" }, new() { ["click"] = new() }, features)).Message);
    }

    [Fact]
    public void A_random_split_is_there_for_who_asks()
    {
        using var data = Prepare(_folder, ToyLog.Draw(3000), new RowsOptions { Kind = "impressions" }, new() { ["click"] = new() }, split: new SplitOptions { By = SplitRule.Random }, groups: new GroupColumns("session", ["price"]));
        Assert.Contains("at random", data.Summary.SplitBy, StringComparison.Ordinal);
        Assert.Equal(data.Test!.Count, data.TestGroups!.Count);
        Assert.Contains(data.TestGroups.Numbers(0).ToArray(), price => price > 5);
        using var byUser = Prepare(_folder, ToyLog.Draw(3000), new RowsOptions { Kind = "impressions" }, new() { ["click"] = new() }, split: new SplitOptions { By = SplitRule.User });
        Assert.Contains("by user", byUser.Summary.SplitBy, StringComparison.Ordinal);
    }
}
