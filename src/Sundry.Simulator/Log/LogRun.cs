using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>Runs the shop once and tells all that happens, in order of time.</summary>
/// <param name="shop">Customers and products.</param>
/// <param name="friends">Who knows whom.</param>
/// <param name="options">Days and pages.</param>
/// <param name="intercepts">What sets the average rates.</param>
/// <param name="events">Events, spread over all days; a trial has others than the options say.</param>
internal sealed class LogRun(Shop shop, Friends friends, ShopLogOptions options, Intercepts intercepts, long events)
{
    private const long Second = 1000;
    private const long DayLength = VisitPlan.DaySeconds * Second;
    private const int EnoughToCount = 2_000;

    // the last day is planned to have a little more than is needed, because it ends when the log is full
    private const double LastDayReserve = 1.15;
    private const int LastDayAtLeast = 200;

    private readonly Seasons _seasons = new(options.Shop);
    private readonly Stock _stock = new(shop, options.Shop, events / ShopLogOptions.EventsPerImpression);
    private readonly Talk _talk = new(friends, options.Shop.Users);
    private readonly History _history = new(shop);
    private readonly PriorityQueue<Visit, (long Time, int Visit)> _visits = new();
    private readonly PriorityQueue<LogEvent, (long Time, long Arrival)> _pending = new();
    private readonly List<LogEvent> _page = [];
    private long _arrivals;
    private long _told;
    private long _impressions;
    private long _pages;

    /// <summary>Told of every inclination, where somebody wants to know, as the trial that sets the rates does.</summary>
    public Action<Inclination>? Observe { get; init; }

    /// <summary>Told of the deliveries: day, product, units.</summary>
    public Action<int, int, int>? Delivered { get; init; }

    /// <summary>Events and visits that are decided but still to come.</summary>
    public int Pending => _pending.Count + _visits.Count;

    /// <summary>Units that can be promised.</summary>
    public Stock Stock => _stock;

    /// <summary>All events, in order of time; to be asked for once.</summary>
    public IEnumerable<LogEvent> Events(CancellationToken cancel)
    {
        var opening = new DateTimeOffset(Shop.Opening).ToUnixTimeMilliseconds();
        var plan = new VisitPlan(shop, options.Shop, events, _seasons);
        var policy = new LoggingPolicy(shop, options.Shop, _stock, _talk);
        for (var day = 0; day < options.Shop.Days; day++)
        {
            Open(day, plan);
            while (true)
            {
                var visitTime = _visits.TryPeek(out _, out var first) ? first.Time : long.MaxValue;
                var eventTime = _pending.TryPeek(out _, out var soonest) ? soonest.Time : long.MaxValue;
                if (Math.Min(visitTime, eventTime) >= (day + 1) * DayLength) break;
                cancel.ThrowIfCancellationRequested();
                _page.Clear();
                if (eventTime <= visitTime) Happen(_pending.Dequeue());
                else Show(_visits.Dequeue(), visitTime, policy);
                foreach (var item in _page)
                {
                    yield return item with { Id = ++_told, Time = opening + item.Time };
                    if (_told == events) yield break;
                }
            }
        }
    }

    private void Open(int day, VisitPlan plan)
    {
        _stock.TurnTo(day, Delivered is null ? null : (product, units) => Delivered(day, product, units));
        _talk.TurnTo(day);
        // how many events an impression brings is known from those so far
        var each = _impressions < EnoughToCount ? ShopLogOptions.EventsPerImpression : (double)_told / _impressions;
        var share = plan.Share(day);
        var due = (day == options.Shop.Days - 1 ? events : events * share) - _told;
        var wanted = day == options.Shop.Days - 1 ? due / each * LastDayReserve + LastDayAtLeast : due / each;
        foreach (var visit in plan.Day(day, plan.Planned + (long)Math.Max(0, wanted)))
        {
            visit.Customer = Drift.On(day, visit.Customer, shop.Seed);
            _visits.Enqueue(visit, (visit.Time * Second + visit.Draws.Below((int)Second), visit.Number));
        }
    }

    private void Happen(in LogEvent item)
    {
        if (item.Type == EventTypes.Purchase)
        {
            _history.RecordPurchase(item.Customer);
            _talk.Tell(item.Customer, item.Product!);
        }

        _page.Add(item);
    }

    private void Show(Visit visit, long time, LoggingPolicy policy)
    {
        var day = (int)(time / DayLength);
        visit.Time = time / Second;
        visit.Scenario = Scenarios.Next(visit);
        Span<int> products = stackalloc int[Math.Min(options.Shop.PageSize, visit.Remaining)];
        visit.Remaining -= products.Length;
        products = products[..policy.Fill(visit, visit.Scenario, day, products)];
        _pages++;
        _impressions += products.Length;
        var page = new PageVisit(visit, _pages, time, Later);
        if (visit.Scenario == "search") _page.Add(page.Search(Query.Text(shop, visit, ref visit.Draws)));
        Span<Outcome> outcomes = stackalloc Outcome[products.Length];
        for (var slot = 0; slot < products.Length; slot++) outcomes[slot] = Meet(page, shop.Products[products[slot]], day, slot + 1);

        // the whole page is decided before any of it is recorded: no product knows what happened to its neighbours
        for (var slot = 0; slot < products.Length; slot++)
            _history.Record(visit.Customer, shop.Products[products[slot]], visit.Time, outcomes[slot] with { Purchase = false, Rating = 0 });
        if (visit.Remaining > 0) _visits.Enqueue(visit, (page.End(), visit.Number));
    }

    private Outcome Meet(PageVisit page, Product product, int day, int position)
    {
        var visit = page.Visit;
        var discount = shop.Discount(product, day / 7);
        var circumstances = new Circumstances(
            day, (int)(visit.Time % VisitPlan.DaySeconds / 3600), position, page.Scenario, visit.Device, discount, _history.RecentlyClicked(visit.Customer, product.Category))
        {
            Season = _seasons.Logit(product.Category, day),
            Heard = _talk.Of(visit.Customer, product),
        };
        var inclination = Behaviour.Of(visit.Customer, product, circumstances, _history.Read(visit.Customer, product, visit.Time));
        Observe?.Invoke(inclination);
        var truth = inclination.Truth(intercepts);
        var price = Math.Round(product.ListPrice * (1 - discount), 2);
        _page.Add(page.Impression(product, position, price, truth));
        var outcome = inclination.Act(truth, ref visit.Draws);
        if (outcome.Click) page.Follow(product, position, price, outcome, inclination, _stock, shop);
        return outcome;
    }

    private void Later(LogEvent item) => _pending.Enqueue(item, (item.Time, _arrivals++));
}
