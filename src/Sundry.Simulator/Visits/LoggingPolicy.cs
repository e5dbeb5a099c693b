namespace Sundry.Simulator;

/// <summary>
/// What the shop shows: guesses ranked by a noisy idea of the customer's taste, with a known share of slots and pages left to chance. So
/// good places and good matches go together in the log, as in real ones, and the random part is there to tell them apart.
/// </summary>
internal sealed class LoggingPolicy
{
    private static readonly string[] s_scenarios = ["home", "category", "search", "product"];
    private static readonly WeightedChoice s_scenario = new([0.4, 0.25, 0.2, 0.15]);

    private const double TalkedOf = 0.08;
    private const int Offers = 20;

    private readonly Shop _shop;
    private readonly ShopOptions _options;
    private readonly WeightedChoice _popular;
    private readonly (WeightedChoice Choice, int[] Products)?[] _byCategory;
    private readonly double[] _keys;
    private readonly Stock? _stock;
    private readonly Talk? _talk;

    public LoggingPolicy(Shop shop, ShopOptions options, Stock? stock = null, Talk? talk = null)
    {
        _stock = stock;
        _talk = talk;
        _shop = shop;
        _options = options;
        _keys = new double[options.PageSize];
        _popular = new([.. shop.Products.Select(p => p.Popularity)]);
        _byCategory = new (WeightedChoice, int[])?[shop.Categories.Count];
        foreach (var group in shop.Products.GroupBy(p => p.Category))
            _byCategory[group.Key] = (new([.. group.Select(p => p.Popularity)]), [.. group.Select(p => p.Index)]);
    }

    /// <summary>Fills <paramref name="page"/> with different products on sale on <paramref name="day"/>, first place first.</summary>
    /// <returns>The kind of page.</returns>
    public string Fill(Visit visit, int day, Span<int> page)
    {
        var scenario = s_scenarios[s_scenario.Draw(ref visit.Draws)];
        Fill(visit, scenario, day, page);
        return scenario;
    }

    /// <summary>Fills a page of a given kind; less than the whole page only where too little is left in stock.</summary>
    /// <returns>How many products it has.</returns>
    public int Fill(Visit visit, string scenario, int day, Span<int> page)
    {
        for (var slot = 0; slot < page.Length; slot++)
        {
            page[slot] = Pick(visit, scenario, day, page[..slot]);
            if (page[slot] < 0) page = page[..slot];
        }

        if (visit.Draws.Chance(_options.Explore)) return page.Length;     // drawn in an order that says nothing

        var keys = _keys.AsSpan(0, page.Length);
        for (var slot = 0; slot < page.Length; slot++)
        {
            var product = _shop.Products[page[slot]];
            keys[slot] = -(0.8 * Shop.Match(visit.Customer, product) + 0.4 * Math.Log(product.Popularity) + visit.Draws.Normal());
        }

        keys.Sort(page);
        return page.Length;
    }

    private int Pick(Visit visit, string scenario, int day, ReadOnlySpan<int> taken)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var product = Guess(visit, scenario);
            if (!OnSale(product, day) || taken.Contains(product)) continue;
            if (scenario == "email" && attempt < Offers && _shop.Discount(_shop.Products[product], day / 7) == 0) continue;     // mails are about offers
            return product;
        }

        // a small category may have too few: anything on sale then
        var first = visit.Draws.Below(_shop.Products.Count);
        for (var step = 0; step < 2 * _shop.Products.Count; step++)
        {
            var product = (first + step) % _shop.Products.Count;
            if (!taken.Contains(product) && (OnSale(product, day) || (_stock is null && step >= _shop.Products.Count))) return product;
        }

        return -1;
    }

    private bool OnSale(int product, int day) => _shop.Products[product].Launched <= day && (_stock is null || _stock.Left(product) > 0);

    private int Guess(Visit visit, string scenario)
    {
        ref var draws = ref visit.Draws;
        if (draws.Chance(_options.Explore)) return draws.Below(_shop.Products.Count);
        if (_talk is not null && scenario is ("home" or "item") && draws.Chance(TalkedOf) && _talk.Any(visit.Customer, ref draws) is var heard and >= 0) return heard;
        var focused = scenario is "home" or "email" ? draws.Chance(0.4) : draws.Chance(0.85);
        if (!focused || _byCategory[visit.Intent] is not { } category) return _popular.Draw(ref draws);
        return category.Products[category.Choice.Draw(ref draws)];
    }
}
