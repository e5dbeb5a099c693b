namespace Sundry.Simulator;

/// <summary>
/// What the shop shows: guesses ranked by a noisy idea of the customer's taste, with a known share of slots and pages left to chance. So
/// good places and good matches go together in the log, as in real ones, and the random part is there to tell them apart.
/// </summary>
internal sealed class LoggingPolicy
{
    private static readonly string[] s_scenarios = ["home", "category", "search", "product"];
    private static readonly WeightedChoice s_scenario = new([0.4, 0.25, 0.2, 0.15]);

    private readonly Shop _shop;
    private readonly ShopOptions _options;
    private readonly WeightedChoice _popular;
    private readonly (WeightedChoice Choice, int[] Products)?[] _byCategory;
    private readonly double[] _keys;

    public LoggingPolicy(Shop shop, ShopOptions options)
    {
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
        for (var slot = 0; slot < page.Length; slot++) page[slot] = Pick(visit, scenario, day, page[..slot]);
        if (visit.Draws.Chance(_options.Explore)) return scenario;     // drawn in an order that says nothing

        var keys = _keys.AsSpan(0, page.Length);
        for (var slot = 0; slot < page.Length; slot++)
        {
            var product = _shop.Products[page[slot]];
            keys[slot] = -(0.8 * Shop.Match(visit.Customer, product) + 0.4 * Math.Log(product.Popularity) + visit.Draws.Normal());
        }

        keys.Sort(page);
        return scenario;
    }

    private int Pick(Visit visit, string scenario, int day, ReadOnlySpan<int> taken)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var product = Guess(visit, scenario);
            if (_shop.Products[product].Launched <= day && !taken.Contains(product)) return product;
        }

        // a small category may have too few: anything on sale then
        var first = visit.Draws.Below(_shop.Products.Count);
        for (var step = 0; ; step++)
        {
            var product = (first + step) % _shop.Products.Count;
            if (!taken.Contains(product) && (_shop.Products[product].Launched <= day || step >= _shop.Products.Count)) return product;
        }
    }

    private int Guess(Visit visit, string scenario)
    {
        ref var draws = ref visit.Draws;
        if (draws.Chance(_options.Explore)) return draws.Below(_shop.Products.Count);
        var focused = scenario == "home" ? draws.Chance(0.4) : draws.Chance(0.85);
        if (!focused || _byCategory[visit.Intent] is not { } category) return _popular.Draw(ref draws);
        return category.Products[category.Choice.Draw(ref draws)];
    }
}
