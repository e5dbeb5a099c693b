using Sundry.Data;

namespace Sundry.Tests;

public sealed class DayCountersTests
{
    // a midnight
    private const long Monday = 20_149 * ToyLog.Day;

    private static readonly Counter[] Counters =
    [
        Sold(days: 1, lag: 1),
        Sold(days: 1, lag: 7),
        Sold(days: 1, lag: 28),
        Sold(days: 7, lag: 1),
        Sold(days: 28, lag: 1),
        new("orders", CounterOf.Item, ["purchase"], CounterMeasure.Count, EventField.Price, [], 0, 0, 2, 1),
        new("since", CounterOf.Item, ["purchase"], CounterMeasure.Since, EventField.Price, [], 0, 0),
        new("shop", CounterOf.Shop, ["purchase"], CounterMeasure.Sum, EventField.Quantity, [], 0, 0, 1, 1),
    ];

    [Fact]
    public void Days_are_whole_and_lie_before_the_rows_own()
    {
        var state = new ShopState(Counters, [], ToyLog.Of());
        // the log begins with a view; item 1 sells 5 on the first day, 3 + 4 on the 21st, 2 on the 27th and 6 on the 28th, just before midnight
        state.Add(ToyLog.Event(EventTypes.View, Monday, 0, 2));
        foreach (var (day, hour, quantity) in new[] { (0, 12, 5), (21, 0, 3), (21, 23, 4), (27, 9, 2) }) state.Add(Sale(day, hour, quantity));
        state.Add(Sale(28, 23, 6) with { Time = Monday + 29 * ToyLog.Day - 1000 });
        // as of the midnight that begins the 29th
        var values = Read(state, 29, 0);
        Assert.Equal([6f, 0f, 0f, (2 + 6) / 7f, (3 + 4 + 2 + 6) / 28f, 2 / 2f, 1 / 3600f, 6f], values);
        // of that day itself nothing counts, however late it is
        state.Add(Sale(29, 1, 100));
        values = Read(state, 29, 20);
        Assert.Equal([6f, 0f, 0f, 8 / 7f, 15 / 28f, 1f], values[..6]);
        // a day earlier the same events are elsewhere: 28 days before the 28th is the first day, a week before it the 21st
        var earlier = new ShopState(Counters, [], ToyLog.Of());
        earlier.Add(ToyLog.Event(EventTypes.View, Monday, 0, 2));
        foreach (var (day, hour, quantity) in new[] { (0, 12, 5), (21, 0, 3), (21, 23, 4), (27, 9, 2) }) earlier.Add(Sale(day, hour, quantity));
        Assert.Equal([2f, 7f, 5f, 9 / 7f, 14 / 28f, 1 / 2f], Read(earlier, 28, 0)[..6]);
    }

    [Fact]
    public void Before_the_logs_first_day_nothing_is_known_and_an_item_without_sales_sold_none()
    {
        var state = new ShopState(Counters, [], ToyLog.Of());
        Assert.All(Read(state, 0, 1), value => Assert.True(float.IsNaN(value) || value == 0));
        state.Add(Sale(3, 5, 2));
        var values = Read(state, 4, 0);
        Assert.Equal(2, values[0]);
        Assert.All(values[1..6], value => Assert.True(float.IsNaN(value)));
        var other = new float[Counters.Length];
        state.Read(0, 3, Monday + 4 * ToyLog.Day, other);
        Assert.Equal(0, other[0]);
        Assert.Equal(2, other[7]);
        state.Read(0, -1, Monday + 4 * ToyLog.Day, other);
        Assert.True(float.IsNaN(other[0]));
    }

    [Fact]
    public void They_are_what_their_definition_says_on_disk_and_off()
    {
        var log = ToyLog.Draw(9000);
        var events = ShopStateTests.All(log);
        var state = new ShopState(Counters, [], log);
        var values = new float[Counters.Length];
        int day = DayCounters.Day(events[0].Time);
        int checkedDays = 0;
        foreach (var e in events)
        {
            for (; DayCounters.Day(e.Time) > day; day++)
            {
                for (int item = 0; item < 40; item += 7)
                {
                    long now = (day + 1) * ToyLog.Day;
                    state.Read(-1, item, now, values);
                    for (int c = 0; c < 5; c++)
                    {
                        var (from, to) = (now - (Counters[c].Lag + Counters[c].Days - 1) * ToyLog.Day, now - (Counters[c].Lag - 1) * ToyLog.Day);
                        if (DayCounters.Day(from) < DayCounters.Day(events[0].Time)) Assert.True(float.IsNaN(values[c]));
                        else Assert.Equal(events.Where(s => s.Type == EventTypes.Purchase && s.Item == item && s.Time >= from && s.Time < to).Sum(s => s.Quantity) / Counters[c].Days, values[c]);
                    }
                }

                using var file = new MemoryStream();
                state.Save(file);
                file.Position = 0;
                state = new ShopState(Counters, [], log);
                state.Load(file);
                Assert.Throws<InvalidDataException>(() => new ShopState([.. Counters[..2], .. Counters[5..]], [], log).Load(new MemoryStream(file.ToArray())));
                checkedDays++;
            }

            state.Add(e);
        }

        Assert.InRange(checkedDays, 20, 200);
    }

    // the days from lag + days − 1 before the row's own, whose moment is a midnight, to lag before it
    private static Counter Sold(int days, int lag) => new($"sold_{days}_{lag}", CounterOf.Item, ["purchase"], CounterMeasure.Sum, EventField.Quantity, [], 0, 0, days, lag);

    private static ShopEvent Sale(int day, int hour, int quantity) => ToyLog.Event(EventTypes.Purchase, Monday + day * ToyLog.Day + hour * ToyLog.Hour, 0, 1, quantity: quantity);

    private static float[] Read(ShopState state, int day, int hour)
    {
        var values = new float[Counters.Length];
        state.Read(0, 1, Monday + day * ToyLog.Day + hour * ToyLog.Hour, values);
        return values;
    }
}
