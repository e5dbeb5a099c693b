namespace Sundry.Simulator;

/// <summary>
/// Who comes when, so that a day has its share of all impressions to the row. Weekends are busier, evenings are busiest.
/// </summary>
internal sealed class VisitPlan
{
    public const int DaySeconds = 86_400;
    private const int MostIntents = 12;

    private static readonly double[] s_weekdays = [1.0, 0.95, 0.95, 1.0, 1.05, 1.3, 1.35];
    private static readonly double[] s_hours =
        [1, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 2, 3, 3.5, 4, 4, 4.5, 4, 3.5, 3.5, 4, 5, 6, 7, 8, 7, 4.5, 2];

    private readonly ShopOptions _options;
    private readonly Shop _shop;
    private readonly long _impressions;
    private readonly Seasons? _seasons;
    private readonly WeightedChoice _customers;
    private readonly WeightedChoice _categories;
    private readonly WeightedChoice _hours = new(s_hours);
    private long _planned;
    private double _weightSoFar;
    private readonly double _weightSum;
    private int _visits;

    public VisitPlan(Shop shop, ShopOptions options, long impressions, Seasons? seasons = null)
    {
        _seasons = seasons;
        _impressions = impressions;
        _shop = shop;
        _options = options;
        _customers = new([.. shop.Customers.Select(c => c.Activity)]);
        var weights = new double[options.Categories];
        foreach (var product in shop.Products) weights[product.Category] += product.Popularity;
        _categories = new(weights);
        _weightSum = Enumerable.Range(0, options.Days).Sum(Weight);
    }

    /// <summary>The visits that start on <paramref name="day"/>, asked for in order from day 0, in no particular order of time.</summary>
    public IEnumerable<Visit> Day(int day) => Day(day, day == _options.Days - 1 ? _impressions : (long)(_impressions * Share(day)));

    /// <summary>The same, until <paramref name="until"/> impressions are planned since the first day.</summary>
    public IEnumerable<Visit> Day(int day, long until)
    {
        while (_planned < until)
        {
            var draws = new SeededStream(_shop.Seed, Purpose.Visits, _visits);
            var pages = 1;
            while (pages < 8 && draws.Chance(0.6)) pages++;
            var products = (int)Math.Min(pages * (long)_options.PageSize, until - _planned);
            _planned += products;
            var customer = Customer(ref draws, day);
            yield return new Visit
            {
                Number = _visits++,
                Customer = customer,
                Intent = Intent(ref draws, customer, day),
                Device = draws.Chance(customer.PhoneShare) ? "phone" : draws.Chance(0.8) ? "desktop" : "tablet",
                DeviceIsKnown = !draws.Chance(_options.Missing),
                Time = day * (long)DaySeconds + _hours.Draw(ref draws) * 3600 + draws.Below(3600),
                Remaining = products,
                Draws = draws,
            };
        }
    }

    /// <summary>Impressions planned so far.</summary>
    public long Planned => _planned;

    /// <summary>Share of all impressions that the days up to <paramref name="day"/> have; asked for in order, once a day.</summary>
    public double Share(int day)
    {
        _weightSoFar += Weight(day);
        return _weightSoFar / _weightSum;
    }

    private int Intent(ref SeededStream draws, Customer customer, int day)
    {
        for (var attempt = 0; ; attempt++)
        {
            var category = draws.Chance(0.6) ? customer.Favourites[draws.Below(customer.Favourites.Length)] : _categories.Draw(ref draws);
            if (_seasons is null || attempt == MostIntents || draws.Chance(Math.Exp(_seasons.Logit(category, day) - Seasons.Highest))) return category;
        }
    }

    private Customer Customer(ref SeededStream draws, int day)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var customer = _shop.Customers[_customers.Draw(ref draws)];
            if (customer.Joined <= day) return customer;
        }

        return _shop.Customers[0];      // joined on the first day, always
    }

    private double Weight(int day) => s_weekdays[day % 7] * (_seasons is null ? 1 : Seasons.Busyness(day));
}
