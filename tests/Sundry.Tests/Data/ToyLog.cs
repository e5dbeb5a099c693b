using System.Globalization;
using Sundry.Data;

namespace Sundry.Tests;

/// <summary>A small shop's log, drawn from a seed: lists of impressions at one moment, clicks, dwell, carts, purchases days later, reviews.</summary>
internal static class ToyLog
{
    public const long Start = 1_740_000_000_000;
    public const long Hour = 3_600_000;
    public const long Day = 24 * Hour;

    public static ShopEvent Event(byte type, long time, int user, int item, float value = float.NaN, float quantity = 1, float price = float.NaN) => new()
    {
        Type = type,
        Time = time,
        User = user,
        Item = item,
        Session = -1,
        Scenario = -1,
        Recommendation = -1,
        Text = -1,
        Value = value,
        Quantity = quantity,
        Price = price,
    };

    /// <summary>A log of events that a test wrote by hand, in order of time.</summary>
    public static EventLog Of(params ShopEvent[] events)
    {
        var log = new EventLog([.. events.OrderBy(e => e.Time)]) { ItemColumns = [Column("category", 4, i => $"c{i % 2}")] };
        for (int i = 0; i < 4; i++)
        {
            log.Users.FindOrAdd($"u{i}");
            log.Items.FindOrAdd($"i{i}");
            log.Sessions.FindOrAdd($"s{i}");
        }

        return log;
    }

    /// <summary>A log of about as many events as asked for.</summary>
    public static EventLog Draw(int events, int seed = 1, int users = 50, int items = 40) => Wrap(Events(events, seed, users, items), users, items);

    public static EventLog Wrap(ShopEvent[] events, int users, int items)
    {
        var device = new Names();
        foreach (var name in new[] { "phone", "desk", "" }) device.FindOrAdd(name);
        var log = new EventLog(events)
        {
            ItemColumns =
            [
                Column("category", items, i => i % 13 == 12 ? null : $"c{i % 7}"),
                Column("price", items, i => (5 + i * 3.5).ToString(CultureInfo.InvariantCulture)),
                Column("tags", items, i => $"t{i % 3}|t{i % 5}"),
            ],
            UserColumns = [Column("age", users, u => u % 9 == 0 ? null : (18 + u * 7 % 50).ToString(CultureInfo.InvariantCulture)), Column("region", users, u => $"r{u % 4}")],
            CategoryParents = new Dictionary<string, string> { ["c1"] = "low", ["c2"] = "low", ["c4"] = "high", ["low"] = "all", ["high"] = "all" },
            Friends = [.. Enumerable.Range(0, users).Where(u => u % 5 != 4).Select(u => (u, u / 5 * 5 + 4 < users ? u / 5 * 5 + 4 : (u + 1) % users)).Where(pair => pair.Item1 != pair.Item2)],
            Context = [new NamedColumn("device", device, [.. events.Select((e, i) => (e.User + i / 50) % 3)])],
        };
        for (int u = 0; u < users; u++) log.Users.FindOrAdd($"u{u}");
        for (int i = 0; i < items; i++) log.Items.FindOrAdd($"i{i}");
        for (int s = 0; s < 1000; s++) log.Sessions.FindOrAdd($"s{s}");
        foreach (var name in new[] { "home", "search" }) log.Scenarios.FindOrAdd(name);
        foreach (var name in new[] { "very good", "bad", "as said" }) log.Texts.FindOrAdd(name);
        return log;
    }

    public static ShopEvent[] Events(int events, int seed, int users, int items)
    {
        var random = new Random(seed);
        var all = new List<ShopEvent>();
        long time = Start;
        while (all.Count < events)
        {
            time += random.Next(1, 40) * 60_000;
            int user = random.Next(users);
            int session = random.Next(1000);
            int shown = random.Next(3, 9);
            for (int position = 1; position <= shown; position++)
            {
                int item = (int)(items * random.NextDouble() * random.NextDouble());
                float price = 5 + item * 3.5f;
                all.Add(Event(EventTypes.Impression, time, user, item, price: price) with { Session = session, Scenario = position % 2, Position = (short)position });
                if (random.NextDouble() > 0.15 + (item % 3 == user % 3 ? 0.25 : 0)) continue;
                long clicked = time + random.Next(1, 60) * 1000;
                all.Add(Event(EventTypes.Click, clicked, user, item) with { Session = session, Price = price });
                all.Add(Event(EventTypes.Dwell, clicked + 5000, user, item, value: random.Next(1, 300)));
                if (random.Next(3) == 0) all.Add(Event(EventTypes.Cart, clicked + 20_000, user, item, price: price));
                if (random.Next(4) == 0) all.Add(Event(EventTypes.Purchase, clicked + random.Next(1, 60) * Hour, user, item, quantity: random.Next(1, 4), price: price));
                if (random.Next(6) == 0) all.Add(Event(EventTypes.Review, clicked + random.Next(60, 200) * Hour, user, item, value: random.Next(1, 6)) with { Text = random.Next(3) });
            }
        }

        return [.. all.OrderBy(e => e.Time)];
    }

    public static NamedColumn Column(string name, int count, Func<int, string?> text)
    {
        var values = new Names();
        var numbers = new int[count];
        for (int i = 0; i < count; i++) numbers[i] = text(i) is { } value ? values.FindOrAdd(value) : -1;
        return new NamedColumn(name, values, numbers);
    }
}
