namespace Sundry.Simulator;

/// <summary>Runs the shop: pages in order of time, each from what was known before it.</summary>
/// <param name="shop">Customers and products.</param>
/// <param name="options">Days and pages.</param>
/// <param name="intercepts">What sets the average rates.</param>
/// <param name="impressions">Rows, spread over all days; a trial has fewer than the options say.</param>
internal sealed class ShopLog(Shop shop, ShopOptions options, Intercepts intercepts, long impressions)
{
    private readonly VisitPlan _plan = new(shop, options, impressions);
    private readonly LoggingPolicy _policy = new(shop, options);
    private readonly History _history = new(shop);
    private readonly PriorityQueue<Visit, (long Time, int Visit)> _waiting = new();
    private long _rows;

    /// <summary>All impressions, in order of time; to be asked for once.</summary>
    /// <param name="observe">Told of every inclination, where somebody wants to know, as the trial that sets the rates does.</param>
    /// <param name="cancel">Looked at once a page.</param>
    public IEnumerable<Impression> Impressions(Action<Inclination>? observe, CancellationToken cancel)
    {
        var page = new Impression[options.PageSize];
        for (var day = 0; day < options.Days; day++)
        {
            foreach (var visit in _plan.Day(day)) _waiting.Enqueue(visit, (visit.Time, visit.Number));

            // a visit may go on past midnight: tomorrow's visitors are let in before its last pages
            var until = day == options.Days - 1 ? long.MaxValue : (day + 1L) * VisitPlan.DaySeconds;
            while (_waiting.TryPeek(out var next, out _) && next.Time < until)
            {
                cancel.ThrowIfCancellationRequested();
                _waiting.Dequeue();
                var count = Show(next, page, observe);
                for (var i = 0; i < count; i++) yield return page[i];
                next.Remaining -= count;
                next.Time += 15 + next.Draws.Below(90);
                if (next.Remaining > 0) _waiting.Enqueue(next, (next.Time, next.Number));
            }
        }
    }

    private int Show(Visit visit, Impression[] page, Action<Inclination>? observe)
    {
        var count = Math.Min(options.PageSize, visit.Remaining);
        var day = (int)(visit.Time / VisitPlan.DaySeconds);
        Span<int> products = stackalloc int[count];
        var scenario = _policy.Fill(visit, day, products);
        for (var slot = 0; slot < count; slot++)
        {
            var impression = Meet(visit, shop.Products[products[slot]], day, slot + 1, scenario, observe);
            page[slot] = impression;
        }

        // the whole page is decided before any of it is recorded: no product knows what happened to its neighbours
        for (var slot = 0; slot < count; slot++)
            _history.Record(visit.Customer, page[slot].Product, visit.Time, page[slot].Outcome);
        return count;
    }

    private Impression Meet(Visit visit, Product product, int day, int position, string scenario, Action<Inclination>? observe)
    {
        var discount = shop.Discount(product, day / 7);
        var past = _history.Read(visit.Customer, product, visit.Time);
        var hour = (int)(visit.Time % VisitPlan.DaySeconds / 3600);
        var circumstances = new Circumstances(
            day, hour, position, scenario, visit.Device, discount, _history.RecentlyClicked(visit.Customer, product.Category));
        var inclination = Behaviour.Of(visit.Customer, product, circumstances, past);
        observe?.Invoke(inclination);
        var truth = inclination.Truth(intercepts);
        return new Impression
        {
            Id = ++_rows,
            Time = visit.Time,
            Visit = visit.Number,
            Customer = visit.Customer,
            Product = product,
            Price = Math.Round(product.ListPrice * (1 - discount), 2),
            Discount = discount,
            Position = position,
            Scenario = scenario,
            Device = visit.DeviceIsKnown ? visit.Device : "",
            Past = past,
            Outcome = inclination.Act(truth, ref visit.Draws),
            Truth = truth,
        };
    }
}
