using System.Globalization;
using System.Text.Json;

namespace Sundry.Serving;

/// <summary>Fills the dashboard's pages from the shop that is served.</summary>
internal sealed class DashboardReader(IShopDesk desk, TimeProvider clock)
{
    private const int HistoryEvents = 60, HistoryPages = 5, ShownItems = 12, SimilarItems = 8;

    /// <summary>The kinds of documents that are edited.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["rule", "scenario"];

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly EventCensus _census = new(() => desk.Store);
    private readonly Lock _lock = new();
    private ModelCard? _card;

    public async Task<OverviewModel> Overview(CancellationToken cancel)
    {
        // asked before the store: answers that are ahead of it are not behind
        var (position, counts) = (desk.Position, await desk.Store.Counts(cancel));
        await _census.Follow(s_patience, cancel);
        return new OverviewModel
        {
            Now = clock.GetUtcNow(),
            Started = desk.Pulse.Started,
            Ready = desk.Ready,
            Store = desk.Store.Place,
            Counts = counts,
            Position = Math.Min(Math.Max(position, desk.Position), counts.Position),
            NewestEvent = _census.Reading().Newest,
            Model = desk.Model?.Version,
            Pulse = desk.Pulse.Read(),
        };
    }

    /// <summary>The served model's card; it is read once for each version.</summary>
    public ModelCard? Card()
    {
        if (desk.Model is not { } model) return null;
        lock (_lock) return _card is { } known && known.Version == model.Version ? known : _card = ModelCardReader.Read(model.Folder, model.Version);
    }

    /// <summary>The file of the served model's report; null where there is none.</summary>
    public string? Report() => desk.Model is { } model && Path.Combine(model.Folder, "report.html") is var file && File.Exists(file) ? file : null;

    public async Task<VisitorModel> Visitor(string user, string scenario, CancellationToken cancel)
    {
        var described = await desk.Store.Users.Get(user, cancel);
        var (any, history) = await History(user, cancel);
        var answer = await desk.Recommend(new RecommendRequest { User = user, Scenario = scenario, Count = ShownItems }, cancel);
        return new VisitorModel
        {
            User = user,
            Known = any || described is not null,
            Attributes = described?.Attributes is { } attributes ? ItemNames.Attributes(attributes) : [],
            Predictions = desk.Predictions(user),
            History = history,
            Scenario = scenario,
            Scenarios = desk.Scenarios,
            Shown = await ItemNames.List(desk.Store, answer, history.Select(e => e.Event.Item).OfType<string>(), cancel),
        };
    }

    public async Task<ItemModel> Item(string item, CancellationToken cancel)
    {
        var stored = await desk.Store.Items.Get(item, cancel);
        var attributes = stored?.Attributes is { } json ? ItemNames.Attributes(json) : [];
        await _census.Follow(s_patience, cancel);
        var standing = _census.Standing(item);
        var similar = stored is null ? null : await desk.Similar(item, SimilarItems, cancel);
        return new ItemModel
        {
            Item = item,
            Name = stored?.Attributes is { } text ? ItemNames.Title(text) ?? item : item,
            Attributes = attributes,
            Hidden = attributes.Any(a => a.Key == "hidden" && a.Value is "1" or "True" or "true" or "yes"),
            Stock = attributes.FirstOrDefault(a => a.Key == "stock").Value is { } stock && double.TryParse(stock, CultureInfo.InvariantCulture, out var pieces) ? pieces : double.PositiveInfinity,
            Events = standing?.Events ?? [],
            Weeks = standing?.Weeks ?? [],
            Rank = standing?.Rank,
            Items = (await desk.Store.Counts(cancel)).Items,
            Similar = similar is null ? null : await ItemNames.List(desk.Store, similar, [], cancel),
        };
    }

    public async Task<IReadOnlyList<StoredDocument>> Documents(CancellationToken cancel)
    {
        var all = new List<StoredDocument>();
        foreach (var kind in Kinds) all.AddRange(await desk.Store.Documents.List(kind, cancel));
        return all;
    }

    public async Task<DryRunModel> DryRun(RulesModel edited, CancellationToken cancel)
    {
        var request = new RecommendRequest
        {
            User = edited.User.Length > 0 ? edited.User : null,
            Session = edited.User.Length > 0 ? null : "dashboard-dry-run",
            Scenario = edited.Scenario,
            Item = edited.Item.Length > 0 ? edited.Item : null,
            Count = ShownItems,
        };
        var before = await desk.Recommend(request, cancel);
        var after = await desk.DryRun(request, edited.Kind, edited.Name, edited.Content, cancel);
        return new DryRunModel { Before = await ItemNames.List(desk.Store, before, [], cancel), After = await ItemNames.List(desk.Store, after, [], cancel) };
    }

    public async Task<QualityModel> Quality(CancellationToken cancel)
    {
        var position = (await desk.Store.Counts(cancel)).Position;
        await _census.Follow(s_patience, cancel);
        var census = _census.Reading();
        return new QualityModel
        {
            Since = desk.Pulse.Started,
            Events = census.Events,
            Pulse = desk.Pulse.Read(),
            EventItems = census.Items,
            UnknownItems = census.UnknownItems,
            UnknownItemNames = census.UnknownItemNames,
            EventUsers = census.Users,
            UnknownUsers = census.UnknownUsers,
            AnonymousEvents = census.Anonymous,
            NewestEvent = census.Newest,
            // positions are taken by items too: only what a count was cut short by is behind
            StillCounting = _census.IsCounting && census.Position < position,
        };
    }

    /// <summary>A document's text as people read it.</summary>
    public static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, s_indented);
    }

    // impressions are many and say little: the pages before them are looked at too
    private async Task<(bool Any, List<StoredEvent> History)> History(string user, CancellationToken cancel)
    {
        var (any, history, before) = (false, new List<StoredEvent>(), long.MaxValue);
        for (var page = 0; page < HistoryPages && history.Count < HistoryEvents; page++)
        {
            var events = await desk.Store.Events.OfUser(user, 200, before, cancel);
            any |= events.Count > 0;
            history.AddRange(events.Where(e => e.Event.Type != "impression").Take(HistoryEvents - history.Count));
            if (events.Count < 200) break;
            before = events[^1].Position;
        }

        return (any, history);
    }
}
