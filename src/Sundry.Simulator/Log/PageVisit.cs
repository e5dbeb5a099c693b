using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>One page of a visit: what is done on it at once, and what follows later. Clicked products are looked at one after the other.</summary>
/// <param name="visit">Whose page it is.</param>
/// <param name="number">The page's number, from 1.</param>
/// <param name="time">Milliseconds since the opening.</param>
/// <param name="later">Takes what is still to happen.</param>
internal sealed class PageVisit(Visit visit, long number, long time, Action<LogEvent> later)
{
    private const int Second = 1000;
    private const int Minute = 60 * Second;
    private const double BoughtAtOnce = 0.65;
    private const double MeanDelay = 1.5 * VisitPlan.DaySeconds * Second;
    private const double LongestDelay = 10.0 * VisitPlan.DaySeconds * Second;
    private const double TakenOut = 0.35;
    private const double SeveralUnits = 0.12;
    private const double Reviewed = 0.1;
    private const double Rated = 0.12;

    private readonly string _device = visit.DeviceIsKnown ? visit.Device : "";
    private readonly long _time = time;
    private long _clock = time;

    public Visit Visit => visit;

    /// <summary>The kind of the page, whatever is done on it.</summary>
    public string Scenario { get; } = visit.Scenario;

    public LogEvent Search(string query) => Here(EventTypes.Search, _time) with { Text = query, Recommendation = number };

    public LogEvent Impression(Product product, int position, double price, in TrueValues truth) =>
        Shown(EventTypes.Impression, _time, product, position, price) with { Truth = truth };

    /// <summary>What comes of a click.</summary>
    public void Follow(Product product, int position, double price, in Outcome outcome, in Inclination inclination, Stock stock, Shop shop)
    {
        ref var draws = ref visit.Draws;
        var click = _clock + Second + draws.Below(6 * Second);
        var view = click + 150 + draws.Below(700);
        var leave = view + outcome.Dwell * (long)Second;
        later(Shown(EventTypes.Click, click, product, position, price));
        later(Shown(EventTypes.View, view, product, position, price));
        if (visit.Scenario != Scenarios.Carted) visit.Scenario = Scenarios.Clicked;
        visit.Intent = product.Category;
        if (outcome.Cart)
        {
            visit.Scenario = Scenarios.Carted;
            var cart = view + Second + draws.Below(Math.Max(1, outcome.Dwell) * Second);
            leave = Math.Max(leave, cart);
            Cart(Shown(EventTypes.Cart, cart, product, position, price), outcome.Purchase, inclination, stock, shop);
        }

        later(Shown(EventTypes.Dwell, leave, product, position, price) with { Value = outcome.Dwell });
        _clock = leave;
    }

    /// <summary>When the next page is opened.</summary>
    public long End() => _clock + 3 * Second + visit.Draws.Below(40 * Second);

    private void Cart(LogEvent cart, bool purchase, in Inclination inclination, Stock stock, Shop shop)
    {
        ref var draws = ref visit.Draws;
        var wanted = draws.Chance(SeveralUnits) ? 2 + draws.Below(3) : 1;
        cart = cart with { Quantity = purchase ? stock.Take(cart.Product!.Index, wanted) : wanted };
        later(cart);
        if (purchase) Buy(cart, inclination, shop);
        else if (draws.Chance(TakenOut)) later(cart with { Type = EventTypes.Remove, Time = cart.Time + 20 * Second + draws.Below(30 * Minute) });
    }

    private void Buy(in LogEvent cart, in Inclination inclination, Shop shop)
    {
        ref var draws = ref visit.Draws;
        LogEvent bought;
        if (draws.Chance(BoughtAtOnce)) bought = cart with { Type = EventTypes.Purchase, Time = cart.Time + 30 * Second + draws.Below(15 * Minute) };
        // whoever comes back days later does so by no page that the shop could name
        else bought = Outside(cart, EventTypes.Purchase, cart.Time + (long)Math.Min(LongestDelay, 60 * Minute - MeanDelay * Math.Log(1 - draws.Uniform())));
        later(bought);

        var stars = inclination.Rate(ref draws);
        if (draws.Chance(inclination.Return)) later(Outside(bought, EventTypes.Return, bought.Time + Days(ref draws, 3, 6)));
        if (draws.Chance(Reviewed))
        {
            later(Outside(bought, EventTypes.Review, bought.Time + Days(ref draws, 2, 5)) with
            {
                Quantity = 0,
                Value = stars,
                Text = Review.Text(shop, cart.Product!, stars, ref draws),
            });
        }
        else if (draws.Chance(Rated))
        {
            later(Outside(bought, EventTypes.Rating, bought.Time + Days(ref draws, 2, 5)) with { Quantity = 0, Value = stars });
        }
    }

    /// <summary>P(a purchase comes within so many milliseconds of its cart), for those who judge a log that ends.</summary>
    public static double BoughtWithin(double milliseconds) => milliseconds >= LongestDelay ? 1
        : BoughtAtOnce * Math.Clamp((milliseconds - 30 * Second) / (15.0 * Minute), 0, 1) + (1 - BoughtAtOnce) * (1 - Math.Exp(-Math.Max(0, milliseconds - 60 * Minute) / MeanDelay));

    private static long Days(ref SeededStream draws, int least, int mean) =>
        (long)((least - mean * Math.Log(1 - draws.Uniform())) * VisitPlan.DaySeconds * Second);

    private static LogEvent Outside(in LogEvent item, byte type, long time) =>
        item with { Type = type, Time = time, Session = 0, Position = 0, Scenario = "", Recommendation = 0, Device = "" };

    private LogEvent Shown(byte type, long at, Product product, int position, double price) =>
        Here(type, at) with { Product = product, Position = position, Price = price, Recommendation = number };

    private LogEvent Here(byte type, long at) => new()
    {
        Type = type,
        Time = at,
        Customer = visit.Customer,
        Session = visit.Number + 1,
        Scenario = Scenario,
        Device = _device,
        Text = "",
    };
}
