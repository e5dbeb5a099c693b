using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Sundry.Simulator;
using Sundry.Tests.Simulator.Log;

namespace Sundry.Tests.Simulator.Files;

public sealed class LogFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sundry-log-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Two_runs_write_the_same_bytes_compressed_or_not()
    {
        var (plain, again, packed) = (Write("a", new()), Write("b", new()), Write("c", new() { Gzip = true }));
        Assert.Equal(["categories.csv", "events.csv", "friends.csv", "items.csv", "stock.csv", "sundry.yaml", "users.csv"], Directory.GetFiles(plain).Select(Path.GetFileName).Order());
        foreach (var name in Directory.GetFiles(plain).Select(f => Path.GetFileName(f)!)) Assert.Equal(File.ReadAllBytes(Path.Combine(plain, name)), File.ReadAllBytes(Path.Combine(again, name)));
        using var stream = new GZipStream(File.OpenRead(Path.Combine(packed, "events.csv.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        Assert.Equal(File.ReadAllText(Path.Combine(plain, "events.csv")), reader.ReadToEnd());
    }

    [Fact]
    public void Lines_of_json_say_what_the_table_says()
    {
        var table = Rows(Write("csv", new()), "events.csv");
        var lines = File.ReadAllLines(Path.Combine(Write("json", new() { JsonLines = true }), "events.jsonl"));
        Assert.Equal(table.Count, lines.Length);
        foreach (var (row, line) in table.Zip(lines))
        {
            using var document = JsonDocument.Parse(line);
            Assert.Equal(row.Where(f => f.Value.Length > 0).Select(f => (f.Key, f.Value)), document.RootElement.EnumerateObject().Select(p => (p.Name, p.Value.ToString())));
        }
    }

    [Fact]
    public void The_files_agree_with_each_other()
    {
        var summary = LogFolder.Write(Options(new()), Path.Combine(_folder.FullName, "log"));
        var folder = Path.Combine(_folder.FullName, "log");
        var events = Rows(folder, "events.csv");
        var items = Rows(folder, LogFolder.Items).ToDictionary(r => r["item"]);
        var users = Rows(folder, LogFolder.Users).Select(r => r["user"]).ToHashSet();
        var parents = Rows(folder, LogFolder.Categories).ToDictionary(r => r["category"], r => r["parent"]);
        Assert.Equal(events.Count, summary.Events);
        Assert.Equal(events.GroupBy(r => r["type"]).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Count())), summary.Types.OrderBy(t => t.Key).Select(t => (t.Key, t.Value)));
        Assert.Equal(events[^1]["time"], summary.Last.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        foreach (var row in events)
        {
            Assert.Contains(row["user"], users);
            Assert.Equal(row["type"] == "search", row["item"].Length == 0);
            if (row["item"].Length > 0) Assert.True(items.ContainsKey(row["item"]));
            if (row["price"].Length > 0) Assert.True(double.Parse(row["price"]) <= double.Parse(items[row["item"]]["price"]) + 0.005);
            Assert.Equal(row["type"] is "cart" or "remove" or "purchase" or "return", row["quantity"].Length > 0);
            Assert.Equal(row["type"] is "dwell" or "rating" or "review", row["value"].Length > 0);
        }

        Assert.All(items.Values, i => Assert.Contains(i["category"], parents.Keys));
        // every way up ends
        Assert.All(parents.Keys, c =>
        {
            var steps = 0;
            for (var at = c; parents.TryGetValue(at, out var parent); at = parent) steps++;
            Assert.InRange(steps, 1, 2);
        });
        var friends = Rows(folder, LogFolder.Friendships);
        Assert.Equal(summary.Friendships, friends.Count);
        Assert.All(friends, r => Assert.True(users.Contains(r["user"]) && users.Contains(r["friend"]) && string.CompareOrdinal(r["user"], r["friend"]) < 0));
    }

    [Fact]
    public void Nothing_is_sold_that_was_not_delivered()
    {
        var folder = Write("log", new());
        var left = new Dictionary<string, int>();
        var soldOut = 0;
        var changes = Rows(folder, LogFolder.Deliveries).Select(r => (Time: Parse(r["time"]), Item: r["item"], Units: int.Parse(r["quantity"])))
            .Concat(Rows(folder, "events.csv").Where(r => r["type"] == "purchase").Select(r => (Time: Parse(r["time"]), Item: r["item"], Units: -int.Parse(r["quantity"]))));
        foreach (var (_, item, units) in changes.OrderBy(c => c.Time))
        {
            left[item] = left.GetValueOrDefault(item) + units;
            Assert.True(left[item] >= 0, item);
            if (left[item] == 0) soldOut++;
        }

        Assert.True(soldOut > 0);
    }

    [Fact]
    public void The_truth_is_there_on_request_alone_and_knows_each_impression()
    {
        var folder = Write("log", new() { Truth = true });
        var truth = Truth.Read(Path.Combine(folder, LogFolder.Truth));
        Assert.Equal(Rows(folder, "events.csv").Where(r => r["type"] == "impression").Select(r => long.Parse(r["id"])), truth.ImpressionIds);
        Assert.All(truth.Of("purchase")!, p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void A_cancelled_run_leaves_nothing_behind()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reporter(_ => source.Cancel());
        Assert.Throws<OperationCanceledException>(() => LogFolder.Write(Options(new() { Gzip = true }), Path.Combine(_folder.FullName, "log"), progress, source.Token));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void A_full_disk_is_told_and_leaves_nothing_to_wait_for()
    {
        using var full = new AsideStream(new Full());
        Assert.Throws<IOException>(() =>
        {
            for (var i = 0; i < 1000; i++) full.Write(new byte[100], 0, 100);
        });
        Assert.Throws<IOException>(full.Dispose);
    }

    private static DateTimeOffset Parse(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static ShopLogOptions Options(ShopLogOptions options)
    {
        options.Shop = SmallLog.Options().Shop;
        options.Events = 40_000;
        return options;
    }

    private string Write(string name, ShopLogOptions options)
    {
        var folder = Path.Combine(_folder.FullName, name);
        LogFolder.Write(Options(options), folder);
        return folder;
    }

    private static List<Dictionary<string, string>> Rows(string folder, string file)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, file));
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => header.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }

    private sealed class Full : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("no space left");
    }

    private sealed class Reporter(Action<ShopProgress> report) : IProgress<ShopProgress>
    {
        public void Report(ShopProgress value) => report(value);
    }
}
