using System.Globalization;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>A small shop that answers: 60 items in 4 categories, some past of 20 users, and, where a test wants one, a model of random weights.</summary>
internal sealed class AnswerShop : IAsyncDisposable
{
    public const int Items = 60;

    /// <summary>How it answers unless a test says otherwise: a machine that is busy with other tests is no reason for less.</summary>
    public static readonly ServeOptions Patient = new()
    {
        Workers = 2,
        Defaults = new ServeSection { Scenarios = BuiltInScenarios.All.ToDictionary(s => s.Key, s => s.Value with { DeadlineMs = 60_000 }) },
    };

    private readonly TemporaryFolder _folder = new();
    private ShopServer? _server;

    private AnswerShop(TimeProvider clock, string? place, StoreOptions? store)
    {
        Clock = clock;
        Store = ShopStore.Open(place ?? _folder.Path("shop.db"), (store ?? new StoreOptions()) with { Clock = clock });
    }

    public TimeProvider Clock { get; }

    public ShopStore Store { get; }

    public ShopServer Server => _server!;

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<AnswerShop> Open(bool model = true, TimeProvider? clock = null, ServeOptions? options = null, bool past = true, string? place = null, StoreOptions? store = null)
    {
        var shop = new AnswerShop(clock ?? new TestClock(), place, store);
        await shop.Store.Items.Put([.. Enumerable.Range(0, Items).Select(i => ($"i{i}", Item(i)))]);
        await shop.Store.Users.Put([.. Enumerable.Range(0, 20).Select(u => ($"u{u}", $"{{\"age\":{20 + u},\"region\":\"r{u % 4}\"}}"))]);
        if (past) await shop.Store.Events.Append([.. Past(shop.Now)]);
        var folder = model ? shop.Model("one", seed: 1) : null;
        shop._server = await ShopServer.Open(shop.Store, folder, (options ?? Patient) with { Clock = shop.Clock, WarmUps = 0 });
        return shop;
    }

    public static string Item(int i, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"title\":\"{Word(i)} number {i}\",\"category\":\"c{i % 4}\",\"brand\":\"b{i % 7}\",\"price\":{5 + i}{more}}}");

    public static string Word(int i) => (i % 3) switch { 0 => "lamp", 1 => "chair", _ => "kettle" };

    public static EventRecord Event(string type, string? user, string item, long time, string? session = null) => new() { Type = type, User = user, Session = session, Item = item, Time = time };

    /// <summary>A model of random weights over the shop's columns, in a folder of its own.</summary>
    public string Model(string name, ulong seed)
    {
        var log = ToyLog.Draw(3000, users: 20, items: Items);
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new(), ["buy"] = new() { Event = "purchase", Within = "9d" }, ["churn"] = new() { Event = "purchase", Absent = true, Source = "users" } };
        var sources = new OrderedDictionary<string, SourceOptions> { ["users"] = new() { Rows = new RowsOptions { Kind = "users", Every = "3d" } } };
        using var data = SampleSetTests.Prepare(_folder, log, new RowsOptions { Kind = "impressions" }, tasks, sources: sources);
        var model = new MultiTaskModel(data.Layout, new ModelOptions { Normalization = Normalization.None });
        using var store = new ParameterStore(model.Graph, seed);
        var info = new BundleInfo(Bundle.FormatVersion, "test", name, ["click", "buy", "churn"], "equal", 1, model.Options, "");
        Bundle.Save(_folder.Path(name), info, data.Encoder, store, new Dictionary<string, byte[]>(), overwrite: false);
        return _folder.Path(name);
    }

    /// <summary>Tells one event, now.</summary>
    public async Task Tell(string type, string? user, string item, string? session = null) =>
        Assert.All(await Server.Tell([Event(type, user, item, Now, session)]), r => Assert.NotEqual(EventOutcome.Refused, r.Outcome));

    /// <summary>Ends the server and opens another on the same store.</summary>
    public async Task Restart(string? model = null)
    {
        await Server.DisposeAsync();
        _server = await ShopServer.Open(Store, model, Patient with { Clock = Clock, WarmUps = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        Store.Dispose();
        _folder.Dispose();
    }

    // visits in which neighbours are looked at together; low numbers more often
    private static IEnumerable<EventRecord> Past(long now)
    {
        var random = new Random(5);
        for (var visit = 0; visit < 120; visit++)
        {
            var (user, first) = ($"u{visit % 20}", (int)(Items * random.NextDouble() * random.NextDouble()));
            var time = now - (130 - visit) * 3_600_000L;
            for (var i = 0; i < 4; i++) yield return Event("view", user, $"i{(first + i) % Items}", time + i * 1000, $"s{visit}");
            if (visit % 3 == 0) yield return Event("purchase", user, $"i{first}", time + 9000, $"s{visit}");
        }
    }
}
