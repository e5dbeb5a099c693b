namespace Sundry.Data;

/// <summary>The counters and the history that rows of a log have where the configuration leaves features open: those whose events the log holds.</summary>
internal static class SampleDefaults
{
    /// <summary>The features by name.</summary>
    public static OrderedDictionary<string, FeatureOptions> Of(EventLog log, LogFacts facts)
    {
        var all = new OrderedDictionary<string, FeatureOptions>(StringComparer.Ordinal);
        string? shown = Has(EventTypes.Impression) ? "impression" : null;
        // what comes nearest to interest: a click, else a view, else whatever is there most
        string? click = Has(EventTypes.Click) ? "click" : Has(EventTypes.View) ? "view" : Frequent();
        string? buy = Has(EventTypes.Purchase) && click != "purchase" ? "purchase" : null;
        if (click is null) return all;
        bool categories = SampleColumns.Category(log) is not null;
        foreach (var window in new[] { "1h", "1d", "7d" }) Add($"user_{click}_{window}", CounterOf.User, click, window);
        if (shown is not null) Add("user_impression_1d", CounterOf.User, shown, "1d");
        if (shown is not null) Add($"user_{click}_rate", CounterOf.User, click, "30d", per: shown);
        Add($"user_since_{click}", CounterOf.User, click, null, CounterMeasure.Since);
        Add("user_mean_price", CounterOf.User, click, "30d", CounterMeasure.Mean);
        if (buy is not null)
        {
            Add("user_purchase_30d", CounterOf.User, buy, "30d");
            Add("user_spend_30d", CounterOf.User, buy, "30d", CounterMeasure.Sum, EventField.Spend);
            Add("user_since_purchase", CounterOf.User, buy, null, CounterMeasure.Since);
        }

        foreach (var window in new[] { "1d", "7d" }) Add($"item_{click}_{window}", CounterOf.Item, click, window);
        if (shown is not null) Add($"item_{click}_rate", CounterOf.Item, click, "30d", per: shown);
        if (buy is not null)
        {
            Add("item_purchase_7d", CounterOf.Item, buy, "7d");
            Add("item_purchase_rate", CounterOf.Item, buy, "30d", per: click);
        }

        if (categories)
        {
            Add($"category_{click}_7d", CounterOf.Category, click, "7d");
            if (shown is not null) Add($"category_{click}_rate", CounterOf.Category, click, "30d", per: shown);
            Add($"user_category_{click}_7d", CounterOf.UserCategory, click, "7d");
            if (buy is not null) Add("user_category_purchase_30d", CounterOf.UserCategory, buy, "30d");
        }

        if (shown is not null) Add("user_item_impression_7d", CounterOf.UserItem, shown, "7d");
        Add($"user_item_{click}_7d", CounterOf.UserItem, click, "7d");
        Add($"user_item_since_{click}", CounterOf.UserItem, click, null, CounterMeasure.Since);
        var events = new List<string> { click };
        if (Has(EventTypes.Cart)) events.Add("cart");
        if (buy is not null) events.Add(buy);
        List<string> beside = events.Count > 1 ? [History.Event, History.Age] : [History.Age];
        if (categories) beside.Insert(0, "category");
        all["history"] = new FeatureOptions { Kind = FeatureKind.History, Events = events, Beside = beside };
        return all;

        bool Has(byte type) => facts.Counts[type] > 0;

        string? Frequent()
        {
            int best = Array.IndexOf(facts.Counts, facts.Counts.Max());
            return facts.Counts[best] > 0 ? log.Types.Names[best] : null;
        }

        void Add(string name, CounterOf of, string what, string? window, CounterMeasure measure = CounterMeasure.Count, EventField field = EventField.Price, string? per = null) =>
            all[name] = new FeatureOptions { Kind = FeatureKind.Counter, By = of, Events = [what], Measure = measure, Field = field, Per = per is null ? [] : [per], Window = window };
    }
}
