using Sundry.Data;
using Sundry.Tests.House;

namespace Sundry.Tests;

public sealed class SampleFoldTests
{
    [Fact]
    public void Another_future_changes_no_feature_of_the_past()
    {
        var random = new Random(5);
        for (int round = 0; round < 12; round++)
        {
            var events = ToyLog.Events(2500, seed: round, users: 30, items: 40);
            long now = events[random.Next(200, events.Length)].Time;
            // nothing of the moment itself may be seen either
            var past = events.Where(e => e.Time < now).ToArray();
            var future = ToyLog.Events(2500, seed: 100 + round, users: 30, items: 40).Select(e => e with { Time = now + e.Time - ToyLog.Start });
            var other = (round % 3) switch
            {
                0 => past.Concat(future).ToArray(),
                1 => past,
                _ => [.. past, .. Shuffled(events.Where(e => e.Time >= now).ToArray(), random)],
            };
            Assert.Equal(Features(events, now), Features(other, now));
        }
    }

    [Fact]
    public void What_is_shown_together_sees_nothing_of_each_other()
    {
        var shown = ToyLog.Event(EventTypes.Impression, ToyLog.Start + 1000, 0, 1);
        var log = ToyLog.Of(ToyLog.Event(EventTypes.Impression, ToyLog.Start, 0, 1), shown, shown with { Item = 2 }, shown);
        var counter = new Counter("c", CounterOf.User, ["impression"], CounterMeasure.Count, EventField.Price, [], 0, 0);
        var fold = new SampleFold(log, [counter], []);
        var seen = new List<float>();
        foreach (int i in new[] { 0, 1, 2, 3 })
        {
            fold.MoveTo(new SampleRow { Time = i == 0 ? ToyLog.Start : ToyLog.Start + 1000, User = 0, Item = 1, Event = i });
            seen.Add(fold.Counters[0]);
        }

        Assert.Equal([0, 1, 1, 1], seen);
    }

    [Fact]
    public void Rows_of_one_page_see_what_each_would_see_alone()
    {
        var log = ToyLog.Draw(3000, users: 20, items: 30);
        var counters = Counters(log);
        var rows = Rows(log);
        Assert.Contains(Enumerable.Range(1, rows.Length - 1), i => rows[i].Time == rows[i - 1].Time && rows[i].User == rows[i - 1].User);
        var fold = new SampleFold(log, counters, []);
        var state = new ShopState(counters, [], log);
        var alone = new float[counters.Length];
        var one = new ShopEvent[1];
        int next = 0;
        foreach (var row in rows)
        {
            for (; log.Read(next, one) == 1 && one[0].Time < row.Time; next++) state.Add(one[0]);
            state.Read(row.User, row.Item, row.Time, alone);
            fold.MoveTo(row);
            Assert.Equal(alone.Select(BitConverter.SingleToInt32Bits), fold.Counters.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void Going_from_row_to_row_allocates_nothing()
    {
        // few users and items, so that every pair is known by the middle
        var log = ToyLog.Draw(6000, users: 6, items: 12);
        var rows = Rows(log);
        var fold = new SampleFold(log, Counters(log), []);
        int next = 0, some = rows.Length / 20;
        void Go(int count)
        {
            for (; count > 0 && next < rows.Length; count--) fold.MoveTo(rows[next++]);
        }

        Go(10 * some);
        Assert.Equal(0, AllocationBudget.BytesOnThisThread(() => Go(some)));
        Assert.True(next < rows.Length);
    }

    private static Counter[] Counters(EventLog log) =>
        [.. SampleDefaults.Of(log, new LogFacts(log)).Where(f => f.Value.Kind == FeatureKind.Counter).Select(f => Counter.From(f.Key, f.Value)), .. Above];

    private static Counter[] Above =>
    [
        new("tree", CounterOf.Category, ["click"], CounterMeasure.Count, EventField.Price, ["impression"], 7 * ToyLog.Day, 20, Tree: true, Level: CategoryLevel.Parent),
        new("tree_user", CounterOf.UserCategory, ["click"], CounterMeasure.Since, EventField.Price, [], 0, 0, Tree: true, Level: CategoryLevel.Top),
        new("tree_days", CounterOf.Category, ["purchase"], CounterMeasure.Count, EventField.Price, [], 0, 0, 3, 1, Tree: true, Level: CategoryLevel.Top),
    ];

    private static SampleRow[] Rows(EventLog log) => EventRows.Of(log, EventTypes.Impression, new LogFacts(log).Counts[EventTypes.Impression], null, 1, out _);

    private static ShopEvent[] Shuffled(ShopEvent[] events, Random random)
    {
        var times = events.Select(e => e.Time).ToArray();
        random.Shuffle(events);
        return [.. events.Select((e, i) => e with { Time = times[i] })];
    }

    // the bits of every counter and every entry of the histories of users and items at each moment up to now, drawn from the past alone
    private static List<int> Features(ShopEvent[] events, long now)
    {
        var log = ToyLog.Wrap(events, 30, 40);
        var known = ToyLog.Wrap(ToyLog.Events(500, 1, 30, 40), 30, 40);
        var derived = SampleDefaults.Of(known, new LogFacts(known));
        var counters = derived.Where(f => f.Value.Kind == FeatureKind.Counter).Select(f => Counter.From(f.Key, f.Value)).ToArray();
        Assert.InRange(counters.Length, 20, 30);
        Neighbours[] neighbours =
        [
            new("friends", EdgeKind.Friends, ["click"], 6, EdgeSample.Recent, 0, 0),
            new("basket", EdgeKind.Together, ["click", "purchase"], 5, EdgeSample.Recent, ToyLog.Hour, 4 * ToyLog.Day),
            new("any", EdgeKind.Category, ["click"], 4, EdgeSample.Random, 0, 0),
        ];
        counters = [.. counters, .. Above, new("week", CounterOf.Item, ["click"], CounterMeasure.Count, EventField.Price, [], 0, 0, 3, 2)];
        var stream = new HistoryStream(log, History.From("history", derived["history"]));
        var fold = new SampleFold(log, counters, [stream], neighbours);
        var items = new int[6];
        var bits = new List<int>();
        var random = new Random(9);
        for (long time = ToyLog.Start; time <= now; time += 6 * ToyLog.Hour)
        {
            // the last row is of the very moment
            if (time + 6 * ToyLog.Hour > now) time = now;
            var row = new SampleRow { Time = time, User = random.Next(30), Item = random.Next(40), Event = -1 };
            fold.MoveTo(row);
            foreach (float value in fold.Counters) bits.Add(BitConverter.SingleToInt32Bits(value));
            var window = fold.Window(0, row);
            foreach (var entry in stream.Entries[window.Start..window.End])
            {
                Assert.True(entry.Time * 1000L <= time);
                bits.AddRange(entry.Item, (int)entry.Time, entry.Type);
            }

            for (int n = 0; n < neighbours.Length; n++)
            {
                int count = fold.State!.Neighbours(n, row.User, row.Item, time, items);
                bits.AddRange([count, .. items[..count]]);
            }

            bits.Add(window.End - window.Start);
        }

        return bits;
    }
}
