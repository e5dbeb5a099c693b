namespace Sundry.Data;

/// <summary>The rows and tasks that suggest themselves for a log, by the types of events that it holds.</summary>
/// <param name="Rows">What <c>data.rows</c> says.</param>
/// <param name="Tasks">What <c>tasks</c> says, a line each.</param>
internal sealed record LogTasks(string Rows, IReadOnlyList<string> Tasks)
{
    // where times are made up the window is the whole log, and what has not happened by its end never does
    private const string Ever = "within: 3650d, delayed: negative";

    /// <summary>Rows are what was shown, else what was looked at, and labels what follows; where nothing follows anything, the rows' own event beside drawn ones without it.</summary>
    /// <param name="types">The types that occur, with how often.</param>
    /// <param name="madeTimes">Whether times were made up, so that only the order means anything.</param>
    public static LogTasks Of(IReadOnlyDictionary<string, long> types, bool madeTimes = false)
    {
        foreach (var (type, rows) in new[] { ("impression", "impressions"), ("view", "views"), ("click", "click"), ("cart", "cart") })
        {
            if (!Has(type)) continue;
            var tasks = Follow(type).ToList();
            if (tasks.Count > 0) return new LogTasks(rows, tasks);
        }

        foreach (var (type, rows) in new[] { ("rating", "rating"), ("review", "reviews") })
            if (Has(type)) return new LogTasks(rows, ["stars: {type: regression, label: value}"]);
        var own = types.Where(type => type.Key is not ("search" or "return" or "remove")).OrderByDescending(type => type.Value).Select(type => type.Key).FirstOrDefault();
        if (own is null) throw new InputException("the log holds no event that says what somebody wants; give views, clicks, purchases or ratings");
        return new LogTasks($"{{kind: {ConfigWriter.Quote(own)}, negatives: {{count: 4}}}}", [$"{ConfigWriter.Quote(own)}: {{type: binary}}"]);

        bool Has(string type) => types.GetValueOrDefault(type) > 0;

        IEnumerable<string> Follow(string type)
        {
            bool clicks = type == "impression" && Has("click");
            if (clicks) yield return $"click: {{type: binary, {Within("1h")}}}";
            else if (type == "impression" && Has("view")) yield return $"view: {{type: binary, {Within("1h")}}}";
            var after = clicks ? ", after: [click]" : "";
            if (type != "cart" && Has("cart")) yield return $"cart: {{type: binary, {Within("1d")}{after}}}";
            if (Has("purchase")) yield return $"buy: {{type: binary, event: purchase, {Within("3d")}{after}}}";
        }

        string Within(string window) => madeTimes ? Ever : "within: " + window;
    }
}
