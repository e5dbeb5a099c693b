using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>Stores that hold toy logs, in memory where that can be had.</summary>
internal sealed class ToyShop(PostgresServer? server = null) : IDisposable
{
    private readonly string _folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory("/dev/shm/" + Path.GetFileName(Directory.CreateTempSubdirectory("sundry-live-").FullName)).FullName
        : Directory.CreateTempSubdirectory("sundry-live-").FullName;

    private static int s_toys;

    private readonly List<ShopStore> _stores = [];
    private readonly int _number = Interlocked.Increment(ref s_toys);

    public TestClock Clock { get; } = new();

    public LiveOptions Options => new() { Clock = Clock, CheckpointEvery = TimeSpan.Zero, RebuildAfter = TimeSpan.FromDays(1) };

    public string Place(string name) => server is null ? Path.Combine(_folder, name) : $"{server.Url}?schema=toys{_number}_{Path.GetFileNameWithoutExtension(name)}";

    /// <summary>What the database throws when its disk or its server fails.</summary>
    public Exception Failure() => server is null ? new SqliteException("disk I/O error", 10) : new NpgsqlException("the connection was lost", new IOException("reset by peer"));

    public ShopStore Store(string name = "shop.db")
    {
        var store = ShopStore.Open(Place(name), new() { Clock = Clock, LookEvery = TimeSpan.FromMilliseconds(50) });
        _stores.Add(store);
        return store;
    }

    public void Dispose()
    {
        foreach (var store in _stores) store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>An encoder of impressions, as training on a toy log fits it.</summary>
    public static Encoder Encoder(TemporaryFolder folder, EventLog log, Dictionary<string, FeatureOptions>? features = null)
    {
        var tasks = new Dictionary<string, TaskOptions> { ["click"] = new() { Within = "1h" } };
        using var data = SampleSetTests.Prepare(folder, log, new RowsOptions { Kind = "impressions" }, tasks, features);
        return data.Encoder;
    }

    /// <summary>Features of every kind of neighbours, beside a counter and a history.</summary>
    public static Dictionary<string, FeatureOptions> Neighbours => new()
    {
        ["item"] = new() { Kind = FeatureKind.Categorical },
        ["friends"] = new() { Kind = FeatureKind.Neighbours, Edges = EdgeKind.Friends, Events = ["click", "purchase"], Length = 6 },
        ["friends_bought"] = new() { Kind = FeatureKind.Neighbours, Edges = EdgeKind.Friends, Events = ["purchase"], Window = "20d" },
        ["together"] = new() { Kind = FeatureKind.Neighbours, Edges = EdgeKind.Together, Events = ["click"], Within = "1d" },
        ["alike"] = new() { Kind = FeatureKind.Neighbours, Edges = EdgeKind.Category, Events = ["click"], Sample = EdgeSample.Random },
        ["history"] = new() { Kind = FeatureKind.History, Events = ["click"], Length = 10 },
        ["category"] = new() { Kind = FeatureKind.Categorical },
        ["above"] = new() { Kind = FeatureKind.MultiCategorical, Tree = true, Of = ["category"], Table = "category" },
        ["clicks_above"] = new() { Kind = FeatureKind.Counter, By = CounterOf.UserCategory, Events = ["click"], Tree = true, Level = CategoryLevel.Top },
        ["sold_above"] = new() { Kind = FeatureKind.Counter, By = CounterOf.Category, Events = ["purchase"], Days = 3, Tree = true, Level = CategoryLevel.Parent },
        ["clicks"] = new() { Kind = FeatureKind.Counter, By = CounterOf.User, Events = ["click"], Window = "7d" },
    };

    /// <summary>An event as the shop tells it.</summary>
    public static EventRecord Record(EventLog log, ShopEvent e, int index) => new()
    {
        Id = $"e{index:D7}",
        Type = log.Types.Names[e.Type],
        User = e.User < 0 ? null : log.Users.Text(e.User),
        Session = e.Session < 0 ? null : log.Sessions.Text(e.Session),
        Item = e.Item < 0 ? null : log.Items.Text(e.Item),
        Time = e.Time,
        Quantity = e.Quantity == 1 ? null : e.Quantity,
        Price = float.IsNaN(e.Price) ? null : e.Price,
        Value = float.IsNaN(e.Value) ? null : e.Value,
        Position = e.Position == 0 ? null : e.Position,
        Scenario = e.Scenario < 0 ? null : log.Scenarios.Text(e.Scenario),
        Text = e.Text < 0 ? null : log.Texts.Text(e.Text),
        Context = Device(log, index) is { Length: > 0 } device ? $$"""{"device":"{{device}}"}""" : null,
    };

    public static string Device(EventLog log, int index) => log.Context.Count == 0 || log.Context[0][index] < 0 ? "" : log.Context[0].Values.Text(log.Context[0][index]);

    /// <summary>An item or user of the log with its attributes.</summary>
    public static (string Id, string Attributes) Described(Names names, IReadOnlyList<NamedColumn> columns, int number)
    {
        var attributes = new Dictionary<string, object>();
        foreach (var column in columns)
        {
            if (column[number] < 0) continue;
            var text = column.Values.Text(column[number]);
            // as shops write them: numbers as numbers
            attributes[column.Name] = double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : text;
        }

        return (names.Text(number), JsonSerializer.Serialize(attributes));
    }

    public static async Task Describe(ShopStore store, EventLog log)
    {
        await store.Items.Put([.. Enumerable.Range(0, log.Items.Count).Select(i => Described(log.Items, log.ItemColumns, i))]);
        await store.Users.Put([.. Enumerable.Range(0, log.Users.Count).Where(u => u % 3 > 0).Select(u => Described(log.Users, log.UserColumns, u))]);
        await store.Friends.Put([.. log.Friends.Select(pair => (log.Users.Text(pair.User), log.Users.Text(pair.Friend)))]);
    }

    public static byte[] Bytes(ShopMemory memory)
    {
        using var stream = new MemoryStream();
        memory.Save(stream);
        return stream.ToArray();
    }
}
