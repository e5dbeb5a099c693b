using Sundry.Data;

namespace Sundry.Tests;

public sealed class ShopStateTests
{
    private static readonly Counter[] Counters =
    [
        new("user_click", CounterOf.User, ["click"], CounterMeasure.Count, EventField.Price, [], 0, 0),
        new("user_click_7d", CounterOf.User, ["click", "cart"], CounterMeasure.Count, EventField.Price, [], 7 * ToyLog.Day, 0),
        new("item_ctr", CounterOf.Item, ["click"], CounterMeasure.Count, EventField.Price, ["impression"], 30 * ToyLog.Day, 20),
        new("spend", CounterOf.User, ["purchase"], CounterMeasure.Sum, EventField.Spend, [], 30 * ToyLog.Day, 0),
        new("mean_price", CounterOf.Category, ["click"], CounterMeasure.Mean, EventField.Price, [], 30 * ToyLog.Day, 0),
        new("last_price", CounterOf.Item, ["purchase"], CounterMeasure.Last, EventField.Price, [], 0, 0),
        new("since", CounterOf.UserItem, ["click"], CounterMeasure.Since, EventField.Price, [], 0, 0),
        new("pair_1h", CounterOf.UserCategory, ["impression"], CounterMeasure.Count, EventField.Price, [], ToyLog.Hour, 0),
        new("stay", CounterOf.UserItem, ["dwell"], CounterMeasure.Mean, EventField.Value, [], 0, 0),
        new("shop", CounterOf.Shop, ["purchase"], CounterMeasure.Count, EventField.Price, [], ToyLog.Day, 0),
        new("tree_own", CounterOf.Category, ["click"], CounterMeasure.Count, EventField.Price, [], 7 * ToyLog.Day, 0, Tree: true),
        new("tree_parent", CounterOf.Category, ["click"], CounterMeasure.Mean, EventField.Price, [], 30 * ToyLog.Day, 0, Tree: true, Level: CategoryLevel.Parent),
        new("tree_rate", CounterOf.Category, ["click"], CounterMeasure.Count, EventField.Price, ["impression"], 30 * ToyLog.Day, 20, Tree: true, Level: CategoryLevel.Top),
        new("tree_pair", CounterOf.UserCategory, ["click", "purchase"], CounterMeasure.Sum, EventField.Spend, [], 0, 0, Tree: true, Level: CategoryLevel.Top),
        new("tree_since", CounterOf.UserCategory, ["click"], CounterMeasure.Since, EventField.Price, [], 0, 0, Tree: true, Level: CategoryLevel.Parent),
    ];

    private static readonly History[] Histories = [new("h", ["click", "purchase"], 11, []), new("g", ["cart"], 3, [])];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Counters_are_what_their_definition_says(int seed)
    {
        var log = ToyLog.Draw(3000, seed);
        var events = All(log);
        var state = new ShopState(Counters, [], log);
        var values = new float[Counters.Length];
        var random = new Random(seed);
        for (int i = 0; i < events.Length; i++)
        {
            if (random.Next(50) == 0 && (i == 0 || events[i - 1].Time < events[i].Time))
            {
                var (user, item, time) = (random.Next(50), random.Next(40), events[i].Time);
                state.Read(user, item, time, values);
                for (int c = 0; c < values.Length; c++) Near(Plain(Counters[c], log, events.AsSpan(0, i), user, item, time), values[c], Counters[c].Name);
            }

            state.Add(events[i]);
        }

        state.Read(-1, 3, events[^1].Time, values);
        Assert.True(float.IsNaN(values[0]) && float.IsNaN(values[6]) && !float.IsNaN(values[2]));
    }

    [Fact]
    public void In_pieces_with_a_rest_on_disk_between_it_is_the_same_to_the_bit()
    {
        var log = ToyLog.Draw(6000);
        var events = All(log);
        var whole = new ShopState(Counters, Histories, log);
        var piece = new ShopState(Counters, Histories, log);
        var (a, b) = (new float[Counters.Length], new float[Counters.Length]);
        var (past, other) = (new PastEvent[11], new PastEvent[11]);
        var random = new Random(4);
        foreach (var e in events)
        {
            if (random.Next(700) == 0)
            {
                using var file = new MemoryStream();
                piece.Save(file);
                file.Position = 0;
                piece = new ShopState(Counters, Histories, log);
                piece.Load(file);
            }

            whole.Add(e);
            piece.Add(e);
            whole.Read(e.User, e.Item, e.Time, a);
            piece.Read(e.User, e.Item, e.Time, b);
            for (int c = 0; c < a.Length; c++) Assert.Equal(BitConverter.SingleToInt32Bits(a[c]), BitConverter.SingleToInt32Bits(b[c]));
            for (int h = 0; h < 2; h++)
            {
                int count = whole.Read(h, e.User, past);
                Assert.Equal(count, piece.Read(h, e.User, other));
                Assert.Equal(past[..count], other[..count]);
            }
        }

        Assert.Equal((events.Length, events[^1].Time), (piece.Events, piece.Time));
    }

    [Fact]
    public void Histories_are_the_newest_events_the_oldest_first()
    {
        var log = ToyLog.Draw(5000, users: 5);
        var state = new ShopState([], Histories, log);
        var seen = new List<ShopEvent>();
        var past = new PastEvent[11];
        foreach (var e in All(log))
        {
            state.Add(e);
            if (e.Type is EventTypes.Click or EventTypes.Purchase) seen.Add(e);
            int count = state.Read(0, e.User, past);
            var expected = seen.Where(s => s.User == e.User).TakeLast(11).Select(s => new PastEvent(s.Item, (uint)(s.Time / 1000), s.Type)).ToArray();
            Assert.Equal(expected, past[..count]);
        }
    }

    [Fact]
    public void Pairs_keep_to_their_bound_and_those_seen_lately_stay()
    {
        var counter = new Counter("c", CounterOf.UserItem, ["click"], CounterMeasure.Count, EventField.Price, [], 0, 0);
        var log = ToyLog.Of();
        var state = new ShopState([counter], [], log, mostPairs: 64);
        var value = new float[1];
        for (int i = 0; i < 10_000; i++)
        {
            state.Add(ToyLog.Event(EventTypes.Click, ToyLog.Start + i, 1, 7));
            state.Add(ToyLog.Event(EventTypes.Click, ToyLog.Start + i, 2, i));
        }

        state.Read(1, 7, ToyLog.Start + 20_000, value);
        Assert.Equal(10_000, value[0]);
        state.Read(2, 9_999, ToyLog.Start + 20_000, value);
        Assert.Equal(1, value[0]);
        state.Read(2, 3, ToyLog.Start + 20_000, value);
        Assert.Equal(0, value[0]);
        using var file = new MemoryStream();
        state.Save(file);
        Assert.InRange(file.Length, 1, 64 * 2 * 16 + 1000);
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        var log = ToyLog.Draw(500);
        var state = new ShopState(Counters, Histories, log);
        foreach (var e in All(log)) state.Add(e);
        using var file = new MemoryStream();
        state.Save(file);
        var bytes = file.ToArray();
        foreach (int length in new[] { 0, 5, 20, 40, 100, bytes.Length / 2, bytes.Length - 1 })
            Assert.Throws<InvalidDataException>(() => new ShopState(Counters, Histories, log).Load(new MemoryStream(bytes[..length])));
        Assert.Throws<InvalidDataException>(() => new ShopState(Counters[..3], Histories, log).Load(new MemoryStream(bytes)));
        Assert.Throws<InvalidDataException>(() => new ShopState(Counters, [], log).Load(new MemoryStream(bytes)));
        bytes[32] = 0x7f;
        Assert.Throws<InvalidDataException>(() => new ShopState(Counters, Histories, log).Load(new MemoryStream(bytes)));
    }

    [Fact]
    public void An_event_that_the_log_does_not_have_is_named()
    {
        var counter = new Counter("c", CounterOf.User, ["clik"], CounterMeasure.Count, EventField.Price, [], 0, 0);
        var message = Assert.Throws<InputException>(() => new ShopState([counter], [], ToyLog.Of())).Message;
        Assert.Equal("features.c names the event 'clik', which the log does not have; did you mean 'click'?", message);
    }

    internal static ShopEvent[] All(EventLog log)
    {
        var events = new ShopEvent[log.Count];
        log.Read(0, events);
        return events;
    }

    private static string[] Path(EventLog log, int item)
    {
        var path = new List<string>();
        if (log.ItemColumns[0][item] is >= 0 and var category)
            for (var at = log.ItemColumns[0].Values.Text(category); at is not null; at = log.CategoryParents.GetValueOrDefault(at)) path.Add(at);
        return [.. path];
    }

    // the definition, event by event in double
    private static double Plain(Counter counter, EventLog log, ReadOnlySpan<ShopEvent> past, int user, int item, long time)
    {
        int category = log.ItemColumns[0][item];
        if (category < 0 && counter.Of is CounterOf.Category or CounterOf.UserCategory) return category < 0 ? double.NaN : 0;
        double top = 0, bottom = 0, shopTop = 0, shopBottom = 0, last = double.NaN, since = double.NaN;
        foreach (var e in past)
        {
            bool mine = counter.Of switch
            {
                CounterOf.User => e.User == user,
                CounterOf.Item => e.Item == item,
                CounterOf.Category or CounterOf.UserCategory when counter.Tree =>
                    (counter.Of == CounterOf.Category || e.User == user) && Path(log, e.Item).Contains(Path(log, item)[counter.Level switch { CategoryLevel.Own => 0, CategoryLevel.Parent => Math.Min(1, Path(log, item).Length - 1), _ => Path(log, item).Length - 1 }]),
                CounterOf.Category => log.ItemColumns[0][e.Item] == category,
                CounterOf.UserItem => e.User == user && e.Item == item,
                CounterOf.UserCategory => e.User == user && log.ItemColumns[0][e.Item] == category,
                _ => true,
            };
            double weight = counter.Window == 0 ? 1 : Math.Exp(-(time / 1000 - e.Time / 1000) * 1000.0 / counter.Window);
            float field = counter.Field switch { EventField.Value => e.Value, EventField.Price => e.Price, EventField.Quantity => e.Quantity, _ => e.Quantity * e.Price };
            var name = log.Types.Names[e.Type];
            double amount = counter.Measure is CounterMeasure.Count or CounterMeasure.Since ? 1 : field;
            if (counter.Events.Contains(name) && !double.IsNaN(amount))
            {
                shopTop += weight * amount;
                if (mine)
                {
                    top += weight * amount;
                    last = amount;
                    since = (time / 1000 - e.Time / 1000) / 3600.0;
                    if (counter.Measure == CounterMeasure.Mean) bottom += weight;
                }
            }

            if (!counter.Per.Contains(name)) continue;
            shopBottom += weight;
            if (mine) bottom += weight;
        }

        return counter.Measure switch
        {
            CounterMeasure.Last => last,
            CounterMeasure.Since => since,
            CounterMeasure.Mean => bottom == 0 ? double.NaN : top / bottom,
            _ when counter.Per.Count > 0 => (top + counter.Prior * shopTop / (1 + shopBottom)) / (bottom + counter.Prior),
            _ => top,
        };
    }

    private static void Near(double expected, float actual, string name)
    {
        if (double.IsNaN(expected)) Assert.True(float.IsNaN(actual), $"{name} is {actual}");
        else Assert.True(Math.Abs(expected - actual) <= 1e-4 * (1 + Math.Abs(expected)), $"{name} is {actual}, not {expected}");
    }
}
