namespace Sundry.Serving;

/// <summary>The scenarios that every shop has until it says something else.</summary>
public static class BuiltInScenarios
{
    /// <summary>Where a visitor arrives.</summary>
    public const string Home = "home";

    /// <summary>An item's page is open.</summary>
    public const string Item = "item";

    /// <summary>The cart is open.</summary>
    public const string Cart = "cart";

    /// <summary>Something is searched for.</summary>
    public const string Search = "search";

    /// <summary>A visitor whom nobody knows.</summary>
    public const string Visitor = "visitor";

    /// <summary>Many users at once, with time.</summary>
    public const string Email = "email";

    /// <summary>Items like one, for nobody in particular.</summary>
    public const string Similar = "similar";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, ScenarioOptions> All { get; } = new OrderedDictionary<string, ScenarioOptions>
    {
        [Home] = new()
        {
            Sources = Of(("vectors", 80), ("co_visited", 60), ("similar", 30), ("bought_together", 20), ("popular", 20), ("trending", 10), ("new", 10)),
            Relevance = 0.8,
        },
        [Item] = new()
        {
            Sources = Of(("co_visited", 80), ("similar", 60), ("bought_together", 40), ("popular", 20)),
            History = false,
        },
        [Cart] = new()
        {
            Sources = Of(("bought_together", 100), ("co_visited", 60), ("similar", 20), ("popular", 20)),
            History = false,
        },
        [Search] = new() { Sources = Of(("search", 200)) },
        [Visitor] = new()
        {
            Sources = Of(("co_visited", 80), ("similar", 40), ("popular", 60), ("new", 20)),
            Relevance = 0.7,
        },
        [Similar] = new()
        {
            Sources = Of(("similar", 60), ("co_visited", 60), ("bought_together", 30)),
            History = false,
            Score = false,
        },
        [Email] = new()
        {
            Sources = Of(("vectors", 150), ("co_visited", 100), ("similar", 60), ("bought_together", 60), ("popular", 80), ("new", 50)),
            Candidates = 500,
            DeadlineMs = 2_000,
            HideSeen = true,
            Relevance = 0.7,
        },
    };

    private static OrderedDictionary<string, int> Of(params ReadOnlySpan<(string Source, int Quota)> sources)
    {
        var quotas = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (source, quota) in sources) quotas.Add(source, quota);
        return quotas;
    }
}
