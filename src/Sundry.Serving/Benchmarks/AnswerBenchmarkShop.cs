using System.Globalization;
using System.Text;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>A made-up shop to ask: attributes, events in which neighbours meet, and a model of random weights whose features are half of the item and half of user and request.</summary>
internal sealed class AnswerBenchmarkShop(AnswerBenchmarkOptions options, string folder, TimeProvider clock)
{
    private const int Batch = 2_000;
    private const int Categories = 200;
    private const int ValuesOfAttribute = 1_000;
    private const int HistoryLength = 50;
    private const long Day = 86_400_000;
    private static readonly string[] s_types = ["view", "view", "view", "click", "click", "cart", "purchase"];

    // user, scenario, region and history; item, category, brand and price
    private readonly int _ofUser = (options.Features - 8) / 2;
    private readonly int _ofItem = options.Features - 8 - (options.Features - 8) / 2;
    private readonly long _now = clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The home page with as many candidates as asked for.</summary>
    public ServeSection Scenarios => new()
    {
        Scenarios = new OrderedDictionary<string, ScenarioOptions>
        {
            [BuiltInScenarios.Home] = BuiltInScenarios.All[BuiltInScenarios.Home] with { Candidates = options.Candidates, DeadlineMs = 10_000 },
        },
    };

    /// <summary>Somebody at home.</summary>
    public RecommendRequest Request(Random random) => new()
    {
        User = $"u{random.Next(options.Users)}",
        Session = $"v{random.Next(1_000_000)}",
        Count = options.Count,
        Context = new Dictionary<string, string> { ["region"] = $"r{random.Next(20)}" },
    };

    /// <summary>Writes a bundle and gives its folder.</summary>
    public string Model(CancellationToken cancel)
    {
        var features = new OrderedDictionary<string, FeatureOptions>(StringComparer.Ordinal);
        foreach (var name in (string[])["user", "scenario", "region", "item", "category", "brand", .. Attributes('u', _ofUser), .. Attributes('a', _ofItem)]) features[name] = new() { Kind = FeatureKind.Categorical, MinCount = 1 };
        features["price"] = new() { Kind = FeatureKind.Numeric, Encoding = NumericEncoding.Buckets };
        features["history"] = new() { Kind = FeatureKind.History, Events = ["view", "click", "cart", "purchase"], Length = HistoryLength, Beside = [] };
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new() { Within = "1h" }, ["cart"] = new() { Event = "cart", Within = "1h" }, ["buy"] = new() { Event = "purchase", Within = "1h" } };
        using var data = Dataset.Prepare(new DataRequest(new DataOptions { Rows = new RowsOptions { Kind = "impressions" } }, features, [], tasks, folder) { Log = Log, LogKey = "bench", Clock = clock }, cancel: cancel);
        var model = new MultiTaskModel(data.Layout, new ModelOptions
        {
            Architecture = "ple",
            Embedding = options.Embedding,
            Experts = new ExpertOptions { Layers = [128, 64], Levels = options.Levels },
            Tower = [64],
            Normalization = Normalization.None,
        });
        using var store = new ParameterStore(model.Graph, (ulong)options.Seed);
        var place = Path.Combine(folder, "model");
        Bundle.Save(place, new BundleInfo(Bundle.FormatVersion, "bench", "bench", [.. tasks.Keys], "equal", options.Seed, model.Options, ""), data.Encoder, store, new Dictionary<string, byte[]>(), overwrite: false);
        return place;
    }

    /// <summary>Fills a store.</summary>
    public async Task Fill(ShopStore store, CancellationToken cancel)
    {
        for (var first = 0; first < options.Items; first += Batch)
            await store.Items.Put([.. Enumerable.Range(first, Math.Min(Batch, options.Items - first)).Select(i => ($"i{i}", Json(Item(i))))], cancel);
        for (var first = 0; first < options.Users; first += Batch)
            await store.Users.Put([.. Enumerable.Range(first, Math.Min(Batch, options.Users - first)).Select(u => ($"u{u}", Json(User(u))))], cancel);
        var random = new Random(options.Seed);
        for (var first = 0; first < options.Events; first += Batch)
            await store.Events.Append([.. Enumerable.Range(first, Math.Min(Batch, options.Events - first)).Select(e => Event(random, e))], cancel);
    }

    // a user's items lie near each other, some more often than others
    private EventRecord Event(Random random, int number)
    {
        var user = number % options.Users;
        var near = (int)(options.Items * ((user * 0.618033988749895 % 1 + 0.05 * random.NextDouble() * random.NextDouble()) % 1));
        return new EventRecord
        {
            Type = s_types[random.Next(s_types.Length)],
            User = $"u{user}",
            Session = $"s{user}-{number / options.Users / 5}",
            Item = $"i{near}",
            Time = _now - 20 * Day + (long)(20.0 * Day * number / Math.Max(1, options.Events)),
            Context = $"{{\"region\":\"r{user % 20}\"}}",
        };
    }

    private IEnumerable<KeyValuePair<string, string>> Item(int item)
    {
        yield return new("title", $"Product {item % 5_000} {(char)('A' + item % 26)}{item}");
        yield return new("category", $"c{item % Categories}");
        yield return new("brand", $"b{item % ValuesOfAttribute}");
        yield return new("price", (1 + item % 199).ToString(CultureInfo.InvariantCulture));
        foreach (var (name, place) in Attributes('a', _ofItem).Select((n, p) => (n, p))) yield return new(name, $"x{(item * 31 + place * 17) % ValuesOfAttribute}");
    }

    private IEnumerable<KeyValuePair<string, string>> User(int user)
    {
        foreach (var (name, place) in Attributes('u', _ofUser).Select((n, p) => (n, p))) yield return new(name, $"x{(user * 13 + place * 29) % ValuesOfAttribute}");
    }

    // every item is shown once, so that the vocabularies have them all
    private EventLog Log()
    {
        var events = new List<ShopEvent>();
        for (var i = 0; i < options.Items; i++)
        {
            var shown = new ShopEvent
            {
                Time = _now - 30 * Day + i * 1000L,
                User = i % options.Users,
                Item = i,
                Session = i % 1000,
                Scenario = 0,
                Recommendation = -1,
                Text = -1,
                Quantity = 1,
                Price = 1 + i % 199,
                Value = float.NaN,
                Position = 1,
                Type = EventTypes.Impression,
            };
            events.Add(shown);
            if (i % 3 == 0) events.Add(shown with { Type = EventTypes.Click, Time = shown.Time + 100 });
            if (i % 6 == 0) events.Add(shown with { Type = EventTypes.Cart, Time = shown.Time + 200 });
            if (i % 12 == 0) events.Add(shown with { Type = EventTypes.Purchase, Time = shown.Time + 300 });
        }

        var log = new EventLog([.. events])
        {
            ItemColumns = Columns(options.Items, Item),
            UserColumns = Columns(options.Users, User),
            Context = Columns(events.Count, e => [new("region", $"r{events[e].User % 20}")]),
        };
        for (var u = 0; u < options.Users; u++) log.Users.FindOrAdd($"u{u}");
        for (var i = 0; i < options.Items; i++) log.Items.FindOrAdd($"i{i}");
        for (var s = 0; s < 1000; s++) log.Sessions.FindOrAdd($"s{s}");
        log.Scenarios.FindOrAdd(BuiltInScenarios.Home);
        return log;
    }

    private static NamedColumn[] Columns(int count, Func<int, IEnumerable<KeyValuePair<string, string>>> row)
    {
        var columns = row(0).Select(c => new NamedColumn(c.Key, new Names(), new int[count])).ToArray();
        for (var i = 0; i < count; i++)
        {
            var place = 0;
            foreach (var (_, text) in row(i))
            {
                columns[place].Numbers[i] = columns[place].Values.FindOrAdd(text);
                place++;
            }
        }

        return columns;
    }

    private static IEnumerable<string> Attributes(char of, int count) => Enumerable.Range(0, count).Select(i => $"{of}{i}");

    private static string Json(IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in attributes) text.Append(text.Length > 1 ? "," : "").Append('"').Append(name).Append("\":\"").Append(value).Append('"');
        return text.Append('}').ToString();
    }
}
