using System.Text.Json;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests.Serving;

/// <summary>A small shop with a store of its own, whose answers are made by hand: what a visitor clicked last comes first, what was bought or is sold out is not there.</summary>
internal sealed class SampleDesk : IShopDesk, IDisposable
{
    public const string Hostile = "<script>alert(1)</script>";

    private readonly string _folder = Directory.CreateTempSubdirectory("sundry-pages-").FullName;
    private readonly Dictionary<string, List<EventRecord>> _told = [];

    private SampleDesk(TimeProvider clock)
    {
        Clock = clock;
        Pulse = new ShopPulse(clock);
        Store = ShopStore.Open(Path.Combine(_folder, "shop.db"), new StoreOptions { Clock = clock });
    }

    public TimeProvider Clock { get; }

    public ShopStore Store { get; }

    public string Folder => _folder;

    public bool Ready { get; set; } = true;

    public long Position { get; set; } = long.MaxValue;

    public (string Folder, string Version)? Model { get; set; }

    public IReadOnlyList<string> Scenarios => ["cart", "home", "item", "search", "visitor"];

    public ShopPulse Pulse { get; }

    public static readonly string[] Categories = ["shoes", "lamps", "tea", "bikes"];

    public static async Task<SampleDesk> Open(TimeProvider clock)
    {
        var desk = new SampleDesk(clock);
        string[] colours = ["red", "blue", "green", "yellow"];
        await desk.Store.Items.Put([.. Enumerable.Range(1, 16).Select(i => ($"i{i}", JsonSerializer.Serialize(new
        {
            title = i == 16 ? Hostile : $"{colours[i % 4]} {Categories[i % 4]} no. {i}", category = Categories[i % 4], colour = colours[i % 4], brand = "acme", price = 10.5 * i, stock = i == 15 ? 0 : i,
        })))]);
        await desk.Store.Users.Put([("u1", "{\"age_band\":\"25-34\",\"country\":\"DE\"}"), ("u2", "{\"age_band\":\"45-54\",\"country\":\"FR\"}"), ("bad", "{\"note\":\"<b>x</b>\"}")]);
        await desk.Store.Documents.Put("rule", "no-lamps", "{\"filters\":[{\"where\":\"category = lamps\"}]}");
        await desk.Store.Documents.Put("scenario", "home", "{\"candidates\":200}");
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var events = new List<EventRecord>();
        for (var i = 0; i < 240; i++)
        {
            events.Add(new EventRecord
            {
                Type = (i % 12) switch { 0 => "view", 1 => "click", 2 => "cart", 3 when i % 24 == 3 => "purchase", _ => "impression" },
                User = i % 5 == 0 ? null : i % 2 == 0 ? "u1" : "u3",
                Session = $"s{i / 10}",
                Item = i % 40 == 0 ? "ghost" : $"i{i % 16 + 1}",
                Time = now - (240 - i) * 3_600_000L * 3,
                Scenario = "home",
                Position = i % 10 + 1,
            });
        }

        await desk.Store.Events.Append(events);
        return desk;
    }

    public async Task<Answer> Recommend(RecommendRequest request, CancellationToken cancel) => await Answer(request, null, cancel);

    public Task<Answer> Similar(string item, int count, CancellationToken cancel) => Answer(new RecommendRequest { Scenario = "item", Item = item, Count = count }, null, cancel);

    public Task<Answer> DryRun(RecommendRequest request, string kind, string name, string content, CancellationToken cancel) => Answer(request, Where(content), cancel);

    public Task<StoredDocument?> PutDocument(string kind, string name, string content, int? expected, CancellationToken cancel)
    {
        Where(content);
        return Store.Documents.Put(kind, name, content, expected, cancel);
    }

    public Task<bool> DeleteDocument(string kind, string name, int? expected, CancellationToken cancel) => Store.Documents.Delete(kind, name, expected, cancel);

    public async Task<IReadOnlyList<EventReceipt>> Tell(IReadOnlyList<EventRecord> events, CancellationToken cancel)
    {
        var receipts = await Store.Events.Append(events, cancel);
        lock (_told)
            foreach (var record in events) (_told.TryGetValue(record.User ?? record.Session!, out var list) ? list : _told[record.User ?? record.Session!] = []).Add(record);
        Pulse.Told(events, receipts);
        return receipts;
    }

    public async Task PatchItem(string item, string patch, CancellationToken cancel) => await Store.Items.Patch(item, patch, cancel);

    public IReadOnlyList<KeyValuePair<string, double>> Predictions(string user) => user == "u1" ? [KeyValuePair.Create("churn", 0.18)] : [];

    public IReadOnlyList<EventRecord> Told(string who)
    {
        lock (_told) return _told.TryGetValue(who, out var list) ? [.. list] : [];
    }

    public IReadOnlyList<string> Visitors()
    {
        lock (_told) return [.. _told.Keys];
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Where(string content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.TryGetProperty("filters", out var filters) ? filters[0].GetProperty("where").GetString() : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InputException($"the rule is no JSON object with filters: {e.Message}");
        }
    }

    private async Task<Answer> Answer(RecommendRequest request, string? without, CancellationToken cancel)
    {
        if (request.Scenario == "nowhere") throw new InputException("there is no scenario 'nowhere'; there are cart, home, item, search");
        var told = Told(request.User ?? request.Session ?? "");
        var clicked = told.LastOrDefault(e => e.Type is "view")?.Item;
        var bought = told.Where(e => e.Type is "purchase").Select(e => e.Item).ToHashSet();
        var items = new List<(StoredItem Item, string Category)>();
        foreach (var item in await Store.Items.After(0, 100, cancel))
        {
            using var json = JsonDocument.Parse(item.Attributes!);
            var category = json.RootElement.GetProperty("category").GetString()!;
            if (json.RootElement.GetProperty("stock").GetDouble() <= 0 || bought.Contains(item.Id) || item.Id == request.Item) continue;
            if ((request.Category is { } wanted && wanted != category) || (without is not null && without.EndsWith(category, StringComparison.Ordinal))) continue;
            items.Add((item, category));
        }

        var like = clicked is not null ? items.FirstOrDefault(i => i.Item.Id == clicked).Category ?? Categories[int.Parse(clicked[1..]) % 4] : null;
        var chosen = items.OrderByDescending(i => i.Category == like).ThenBy(i => i.Item.Id, StringComparer.Ordinal).Take(request.Count).ToList();
        Pulse.Answered([]);
        return new Answer
        {
            Id = $"a{told.Count}{request.Scenario}",
            Scenario = request.Scenario,
            Model = "shop-1",
            Took = TimeSpan.FromMilliseconds(2.31),
            Items = [.. chosen.Select((c, i) => new AnswerItem
            {
                Id = c.Item.Id,
                Score = 1.0 / (i + 2),
                Tasks = new Dictionary<string, double> { ["click"] = 0.12 / (i + 1), ["cart"] = 0.03 / (i + 1), ["purchase"] = 0.008 / (i + 1) },
                Sources = i % 3 == 0 ? ["co_visited", "popular"] : ["popular"],
                Reasons = c.Category == like ? [$"you looked at {like} last"] : i % 2 == 0 ? [$"bought by {40 - i} others this week"] : [],
                Notes = i == 1 ? ["boosted"] : [],
            })],
        };
    }
}
