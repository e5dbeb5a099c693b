using System.Globalization;
using System.Text.RegularExpressions;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Tests.House;
using Sundry.Training;
using Xunit.Abstractions;

namespace Sundry.Tests;

/// <summary>What an answer was made of is, to the bit, what training makes of the store later.</summary>
public sealed partial class LiveSkewTests(ITestOutputHelper output) : IDisposable
{
    private const int Together = 1_000;

    private readonly ToyShop _toys = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _toys.Dispose();
        _folder.Dispose();
    }

    private const string Explicit = """
        features:
          item: categorical
          age: numeric
          friends: {kind: neighbours, edges: friends, events: [click, purchase]}
          together: {kind: neighbours, edges: together, events: click, within: 2h}
          alike: {kind: neighbours, edges: category, events: click, length: 7}
          drawn: {kind: neighbours, edges: category, events: [click, review], length: 5, sample: random}
          clicks: {kind: counter, by: user_item, events: click, window: 7d}
          category: categorical
          above: {kind: multi_categorical, tree: true, of: [category], table: category}
          clicks_above: {kind: counter, by: category, events: click, per: impression, tree: true, level: top}
          own_above: {kind: counter, by: user_category, events: click, window: 7d, tree: true, level: parent}

        """;

    [Theory]
    [InlineData("")]
    [InlineData(Explicit)]
    public async Task Features_of_requests_are_those_that_training_reads_from_the_store(string features)
    {
        // 10,000 requests and some; SUNDRY_SKEW_EVENTS makes more
        var count = int.Parse(Environment.GetEnvironmentVariable("SUNDRY_SKEW_EVENTS") ?? "17000", CultureInfo.InvariantCulture);
        var log = ToyLog.Draw(count, users: 80, items: 60);
        using (var first = _toys.Store())
        {
            await ToyShop.Describe(first, log);
            await Tell(first, log, null, (_, _) => { });
        }

        // a model that was trained on the store, by the lines that the documentation gives
        using var data = Prepare(features);
        var rows = new List<(EncodedTable Table, int Row)>();
        foreach (var table in new[] { data.Train, data.Validation, data.Test! })
            for (var row = 0; row < table.Count; row++) rows.Add((table, row));

        // the same shop lives through it again, with that model
        var store = _toys.Store("again.db");
        await ToyShop.Describe(store, log);
        await using var live = await LiveShop.Open(store, data.Encoder, _toys.Options with { PageSize = 500 });
        var encoder = new SampleEncoder(data.Encoder, live.Known, live.State!);
        var (expected, actual) = (new Batch(data.Layout, 1), new Batch(data.Layout, 1));
        var compared = 0;
        await Tell(store, log, live, (record, time) =>
        {
            encoder.ForgetStrangers();
            Assert.Equal(time, live.Moment());
            int Or(int known, string? text) => known >= 0 ? known : text is null ? -1 : encoder.Stranger(text);
            var shown = new ShopEvent
            {
                Time = live.Moment(),
                User = Or(live.Now.User(record.User!), record.User),
                Item = Or(live.Now.Item(record.Item!), record.Item),
                Session = Or(-1, record.Session),
                Scenario = Or(-1, record.Scenario),
                Recommendation = -1,
                Text = -1,
                Quantity = 1,
                Price = (float?)record.Price ?? float.NaN,
                Value = float.NaN,
                Position = (short)(record.Position ?? 0),
            };
            actual.Count = 0;
            encoder.Append(actual, shown, [record.Context is null ? -1 : encoder.Stranger(Word().Match(record.Context).Groups[1].Value)]);
            var (table, row) = rows[compared++];
            table.Fill(expected, row, 1);
            Same(expected, actual);
        });
        Assert.Equal(rows.Count, compared);
        output.WriteLine($"{compared:N0} requests");
        Assert.InRange(compared, Math.Min(count / 2, 10_000), int.MaxValue);
        Assert.Null(live.Fault);
    }

    /// <summary>Tells a store a log as a shop would: what is shown is told at the moment of the answer, and nothing is told of a time before.</summary>
    private async Task Tell(ShopStore store, EventLog log, LiveShop? live, Action<EventRecord, long> shown)
    {
        var events = ShopStateTests.All(log);
        var (last, told) = (0L, new List<EventRecord>());
        for (var i = 0; i < events.Length;)
        {
            var batch = new List<EventRecord>();
            if (events[i].Type == EventTypes.Impression)
            {
                // one answer: a moment later than all that was told
                var (user, time) = (events[i].User, Math.Max(events[i].Time, last + 1));
                using var now = live?.Read();
                _toys.Clock.Advance(TimeSpan.FromMilliseconds(time - _toys.Clock.Now));
                for (; i < events.Length && events[i].Type == EventTypes.Impression && events[i].User == user && batch.Count < 10; i++)
                {
                    batch.Add(ToyShop.Record(log, events[i] with { Time = time }, i));
                    shown(batch[^1], time);
                }

                last = time;
            }
            else
            {
                for (; i < events.Length && events[i].Type != EventTypes.Impression; i++) batch.Add(ToyShop.Record(log, events[i] with { Time = last = Math.Max(last, events[i].Time) }, i));
                _toys.Clock.Advance(TimeSpan.FromMilliseconds(last - _toys.Clock.Now));
            }

            told.AddRange(batch);
            // where nobody asks in between, many are told at once
            if (live is null && told.Count < Together && i < events.Length) continue;
            var receipts = await store.Events.Append(told);
            Assert.All(receipts, r => Assert.Equal(EventOutcome.Accepted, r.Outcome));
            if (live is not null) await live.Reach(receipts[^1].Position);
            told.Clear();
        }
    }

    private Dataset Prepare(string features)
    {
        var page = File.ReadAllText(Checkout.Of("docs", "serving.md"));
        var yaml = Block().Match(page).Groups[1].Value.Replace("shop.db", _toys.Place("shop.db"), StringComparison.Ordinal);
        Assert.Contains(_toys.Place("shop.db"), yaml, StringComparison.Ordinal);
        // a tree of categories is no part of a store; the model keeps the one that it was trained with
        if (features.Length > 0) yaml = yaml.Replace("  rows: impressions", $"    categories: {_folder.Write("categories.csv", "category,parent\nc1,low\nc2,low\nc4,high\nlow,all\nhigh,all\n")}\n  rows: impressions", StringComparison.Ordinal);
        var options = ConfigReader.Read<SundryOptions>(yaml + features, "docs/serving.md");
        var request = new LogRequest(options.Data, _folder.Root, TimeProvider.System, Databases.Open);
        return Dataset.Prepare(new DataRequest(options.Data, options.Features, [], options.Tasks, _folder.Root) { Log = () => LogReader.Read(request).Log });
    }

    private static void Same(Batch expected, Batch actual)
    {
        Assert.Equal(expected.Ids, actual.Ids);
        Assert.Equal(expected.Numbers.Select(BitConverter.SingleToInt32Bits), actual.Numbers.Select(BitConverter.SingleToInt32Bits));
        for (var bag = 0; bag < expected.BagIds.Length; bag++)
        {
            Assert.Equal(expected.BagOffsets[bag][..2], actual.BagOffsets[bag][..2]);
            Assert.Equal(expected.BagIds[bag][..expected.BagOffsets[bag][1]], actual.BagIds[bag][..expected.BagOffsets[bag][1]]);
        }
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(":\"(.*)\"")]
    private static partial Regex Word();
}
