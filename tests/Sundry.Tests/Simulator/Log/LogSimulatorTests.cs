using Sundry.Data;
using Sundry.Simulator;

namespace Sundry.Tests.Simulator.Log;

public sealed class LogSimulatorTests(SmallLog log) : IClassFixture<SmallLog>
{
    private const double Day = 86_400_000;

    private readonly IReadOnlyList<LogEvent> _events = log.Events;

    [Fact]
    public void Gives_exactly_the_events_asked_for_in_order_of_time_until_the_last_evening()
    {
        Assert.Equal(SmallLog.Options().Events, _events.Count);
        for (var i = 0; i < _events.Count; i++)
        {
            Assert.Equal(i + 1, _events[i].Id);
            if (i > 0) Assert.True(_events[i].Time >= _events[i - 1].Time, $"event {i + 1} is before the one before it");
        }

        Assert.InRange(Age(_events[^1]), SmallLog.Options().Shop.Days - 0.5, SmallLog.Options().Shop.Days);
    }

    [Fact]
    public void The_same_seed_gives_the_same_log_and_another_seed_another()
    {
        Assert.Equal(_events.Take(30_000).Select(Essence), log.Simulator.Events().Take(30_000).Select(Essence));
        Assert.Equal(_events.Take(30_000).Select(Essence), new LogSimulator(SmallLog.Options()).Events().Take(30_000).Select(Essence));
        Assert.NotEqual(_events.Take(1000).Select(Essence), new LogSimulator(SmallLog.Options(seed: 8)).Events().Take(1000).Select(Essence));

        static (byte, long, string, string?, string, TrueValues) Essence(LogEvent e) => (e.Type, e.Time, e.Customer.Id, e.Product?.Id, e.Text, e.Truth);
    }

    [Fact]
    public void Every_type_occurs_at_the_rate_of_a_shop()
    {
        double Count(byte type) => _events.Count(e => e.Type == type);
        Assert.InRange(Count(EventTypes.Click) / Count(EventTypes.Impression), 0.04, 0.08);
        Assert.InRange(Count(EventTypes.Cart) / Count(EventTypes.Click), 0.16, 0.24);
        Assert.InRange(Count(EventTypes.Purchase) / Count(EventTypes.Cart), 0.2, 0.4);
        Assert.Equal(Count(EventTypes.Click), Count(EventTypes.View), Count(EventTypes.Click) * 0.01);
        Assert.Equal(Count(EventTypes.Click), Count(EventTypes.Dwell), Count(EventTypes.Click) * 0.01);
        foreach (var type in new[] { EventTypes.Remove, EventTypes.Return, EventTypes.Rating, EventTypes.Review, EventTypes.Search }) Assert.True(Count(type) > 0);
        Assert.Equal(["cart", "category", "email", "home", "item", "search"], _events.Where(e => e.Type == EventTypes.Impression).Select(e => e.Scenario).Distinct().Order());
    }

    [Fact]
    public void Clicks_and_carts_agree_with_the_truth_in_every_fifth_of_it()
    {
        foreach (var (type, truth) in new (byte, Func<TrueValues, double>)[] { (EventTypes.Click, t => t.Click), (EventTypes.Cart, t => t.Cart) })
        {
            var happened = _events.Where(e => e.Type == type).Select(e => (e.Recommendation, e.Position)).ToHashSet();
            // the last pages' outcomes may come after the end
            var shown = _events.Where(e => e.Type == EventTypes.Impression && _events[^1].Time - e.Time > 0.1 * Day).OrderBy(e => truth(e.Truth)).ToList();
            foreach (var part in shown.Chunk(shown.Count / 5))
            {
                var expected = part.Sum(e => truth(e.Truth));
                var deviation = Math.Sqrt(part.Sum(e => truth(e.Truth) * (1 - truth(e.Truth))));
                Assert.InRange(part.Count(e => happened.Contains((e.Recommendation, e.Position))), expected - 4 * deviation - 1, expected + 4 * deviation + 1);
            }
        }
    }

    [Fact]
    public void Purchases_agree_with_the_truth_and_some_come_days_later()
    {
        var shown = _events.Where(e => e.Type == EventTypes.Impression).ToList();
        var expected = shown.Sum(e => e.Truth.Purchase * PageVisit.BoughtWithin(_events[^1].Time - e.Time));
        var bought = _events.Where(e => e.Type == EventTypes.Purchase).ToList();
        Assert.InRange(bought.Count, expected - 4 * Math.Sqrt(expected), expected + 4 * Math.Sqrt(expected));

        var later = bought.Where(e => e.Session == 0).ToList();
        Assert.InRange(later.Count / (double)bought.Count, 0.2, 0.5);
        var carts = _events.Where(e => e.Type == EventTypes.Cart).ToLookup(e => (e.Customer.Index, e.Product!.Index));
        var delays = later.ConvertAll(p => (p.Time - carts[(p.Customer.Index, p.Product!.Index)].Last(c => c.Time < p.Time).Time) / Day);
        Assert.True(delays.Average() > 0.5);
        Assert.All(delays, d => Assert.InRange(d, 0, 10.1));
        Assert.All(bought.Except(later), p => Assert.Contains(carts[(p.Customer.Index, p.Product!.Index)], c => c.Recommendation == p.Recommendation && c.Time < p.Time && c.Quantity == p.Quantity));
    }

    [Fact]
    public void Stars_agree_with_their_expectation()
    {
        var truth = _events.Where(e => e.Type == EventTypes.Impression).ToDictionary(e => (e.Recommendation, e.Position), e => e.Truth);
        var expected = _events.Where(e => e.Type == EventTypes.Purchase && e.Session > 0)
            .GroupBy(e => (e.Customer.Index, e.Product!.Index)).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => truth[(g.First().Recommendation, g.First().Position)].Rating);
        var errors = _events.Where(e => e.Type is EventTypes.Rating or EventTypes.Review && expected.ContainsKey((e.Customer.Index, e.Product!.Index)))
            .Select(e => e.Value - expected[(e.Customer.Index, e.Product!.Index)]).ToList();
        Assert.True(errors.Count > 20);
        var spread = Math.Sqrt(errors.Average(e => e * e) / errors.Count);
        Assert.InRange(errors.Average(), -4 * spread, 4 * spread);
    }

    [Fact]
    public void Whatever_comes_back_or_is_judged_was_bought_before()
    {
        var bought = new Dictionary<(int, int), int>();
        foreach (var e in _events)
        {
            if (e.Type == EventTypes.Purchase) bought[(e.Customer.Index, e.Product!.Index)] = bought.GetValueOrDefault((e.Customer.Index, e.Product!.Index)) + e.Quantity;
            if (e.Type is EventTypes.Return or EventTypes.Rating or EventTypes.Review) Assert.True(bought.ContainsKey((e.Customer.Index, e.Product!.Index)));
            if (e.Type == EventTypes.Return) Assert.True((bought[(e.Customer.Index, e.Product!.Index)] -= e.Quantity) >= 0);
            if (e.Type is EventTypes.Rating or EventTypes.Review) Assert.InRange(e.Value, 1, 5);
            Assert.Equal(e.Type is EventTypes.Review or EventTypes.Search, e.Text.Length > 0);
        }
    }

    [Fact]
    public void The_places_of_a_page_are_1_to_n_and_first_places_are_clicked_more()
    {
        foreach (var page in _events.Where(e => e.Type == EventTypes.Impression).GroupBy(e => e.Recommendation))
        {
            Assert.Equal(Enumerable.Range(1, page.Count()), page.Select(e => e.Position));
            Assert.Single(page.Select(e => (e.Session, e.Time, e.Scenario)).Distinct());
            Assert.Equal(page.Count(), page.Select(e => e.Product).Distinct().Count());
        }

        double Rate(int from, int to) => _events.Count(e => e.Type == EventTypes.Click && e.Position >= from && e.Position <= to)
            / (double)_events.Count(e => e.Type == EventTypes.Impression && e.Position >= from && e.Position <= to);
        Assert.True(Rate(1, 2) > 2 * Rate(9, 10));
    }

    [Fact]
    public void A_friends_purchase_raises_interest()
    {
        var heard = new Dictionary<(int User, int Product), long>();
        var (told, stranger) = ((Sum: 0.0, Count: 0), (Sum: 0.0, Count: 0));
        foreach (var e in _events)
        {
            if (e.Type == EventTypes.Purchase)
                foreach (var friend in log.Simulator.Friends.Of(e.Customer.Index)) heard[(friend, e.Product!.Index)] = e.Time;
            if (e.Type != EventTypes.Impression) continue;
            if (heard.TryGetValue((e.Customer.Index, e.Product!.Index), out var time) && e.Time - time < 13 * Day) told = (told.Sum + e.Truth.Click, told.Count + 1);
            else stranger = (stranger.Sum + e.Truth.Click, stranger.Count + 1);
        }

        Assert.True(told.Count > 1000);
        Assert.True(told.Sum / told.Count > 1.3 * stranger.Sum / stranger.Count);
    }

    [Fact]
    public void What_waits_does_not_grow_with_the_days()
    {
        Assert.InRange(MostPending(days: 90) / (double)MostPending(days: 30), 0.5, 1.6);

        static int MostPending(int days)
        {
            var run = new LogSimulator(SmallLog.Options(events: 1500L * days, days: days)).Open(default);
            var most = 0;
            foreach (var _ in run.Events(default)) most = Math.Max(most, run.Pending);
            return most;
        }
    }

    [Fact]
    public void Seasons_and_weekends_show()
    {
        var options = SmallLog.Options(events: 120_000, days: 364);
        var seasons = new Seasons(options.Shop);
        var shown = new LogSimulator(options).Events().Where(e => e.Type == EventTypes.Impression).ToList();
        var seasonal = Enumerable.Range(0, 8).MaxBy(c => Enumerable.Range(0, 364).Max(d => seasons.Logit(c, d)))!;
        double Share(Func<double, bool> when)
        {
            var days = shown.Where(e => when(seasons.Logit(seasonal, (int)Age(e)))).ToList();
            return days.Count(e => e.Product!.Category == seasonal) / (double)days.Count;
        }

        Assert.True(Share(s => s > 0.3) > 1.3 * Share(s => s < -0.3), $"{Share(s => s > 0.3)} {Share(s => s < -0.3)}");
        var weekday = shown.GroupBy(e => (int)Age(e) % 7).ToDictionary(g => g.Key, g => g.Count());
        Assert.True(weekday[6] > 1.2 * weekday[1]);
    }

    [Fact]
    public void Customers_and_products_arrive_every_few_days()
    {
        Assert.All(_events.Where(e => e.Type == EventTypes.Impression), e =>
        {
            Assert.True(e.Product!.Launched <= Age(e));
            Assert.True(e.Customer.Joined <= Age(e));
        });
        Assert.True(log.Simulator.Shop.Customers.Where(c => c.Joined > 0).Select(c => c.Joined).Distinct().Count() > 30);
        Assert.True(log.Simulator.Shop.Products.Where(p => p.Launched > 0).Select(p => p.Launched).Distinct().Count() > 15);
    }

    [Fact]
    public void Tastes_drift()
    {
        var customer = log.Simulator.Shop.Customers[5];
        double Likeness(int day) => Cosine(customer.Taste, Drift.On(day, customer, 7).Taste);
        Assert.Equal(1, Likeness(0), 6);
        Assert.InRange(Likeness(7), 0.95, 0.99999999);
        Assert.True(log.Simulator.Shop.Customers.Average(c => Cosine(c.Taste, Drift.On(180, c, 7).Taste)) < 0.8);
    }

    [Fact]
    public void Friends_like_the_same_and_friendship_is_mutual()
    {
        var (shop, friends) = (log.Simulator.Shop, log.Simulator.Friends);
        var (pairs, likeness, strangers) = (0, 0.0, 0.0);
        foreach (var customer in shop.Customers)
        {
            Assert.False(friends.Of(customer.Index).Contains(customer.Index));
            foreach (var friend in friends.Of(customer.Index))
            {
                Assert.True(friends.Of(friend).Contains(customer.Index));
                pairs++;
                likeness += Cosine(customer.Taste, shop.Customers[friend].Taste);
                strangers += Cosine(customer.Taste, shop.Customers[(friend + 1) % shop.Customers.Count].Taste);
            }
        }

        Assert.InRange(pairs / (double)shop.Customers.Count, 3, 8);
        Assert.True(likeness / pairs > 0.3 && strangers / pairs < 0.15, $"{likeness / pairs} {strangers / pairs}");
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        var events = log.Simulator.Events(source.Token).GetEnumerator();
        Assert.True(events.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (events.MoveNext())
            {
            }
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_log_of_no_events_is_refused(long events) =>
        Assert.Contains($"events is {events}", Assert.Throws<InputException>(() => new LogSimulator(SmallLog.Options(events: events))).Message, StringComparison.Ordinal);

    // days since the opening
    private static double Age(LogEvent e) => (DateTime.UnixEpoch.AddMilliseconds(e.Time) - Shop.Opening).TotalDays;

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b).Sum(p => p.First * p.Second) / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));
}
