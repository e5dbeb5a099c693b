using System.Globalization;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Simulator;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>The demo's shop, open: its log in a store, its model, the storefront and the dashboard. Time there goes on from the log's end.</summary>
internal static class DemoShop
{
    /// <summary>The folder of the store in that of the demo.</summary>
    public const string Folder = "store";

    private const int Newest = 500;
    private const string KeyName = "demo";
    private const string Mark = "demo";
    private static readonly TimeSpan s_afterwards = TimeSpan.FromMinutes(1);

    /// <summary>Whether a demo lies in a folder that can be served as it is.</summary>
    public static bool IsThere(string demo) => File.Exists(Path.Combine(demo, "model", "model.json")) && Directory.Exists(Path.Combine(demo, "shop"));

    /// <summary>Serves a demo until it is interrupted.</summary>
    public static async Task Serve(string demo, ListenAddress listen, CancellationToken stop)
    {
        var place = Path.Combine(demo, Folder, "shop.db");
        var now = await Fill(demo, place, stop);
        var clock = new ShiftedClock(now + s_afterwards, TimeProvider.System);
        using var store = ShopStore.Open(place, new StoreOptions { Clock = clock });
        ShopServer? server = null;
        await using var host = await ShopHost.Start(
            () => server,
            listen,
            new HttpOptions(),
            null,
            clock,
            app =>
            {
                app.MapDashboard(() => server, clock);
                app.MapStorefront(() => server, clock);
            },
            stop);
        await using var opened = await ShopServer.Open(store, Path.Combine(demo, "model"), new ServeOptions { Clock = clock }, stop);
        server = opened;
        // the secret of an earlier start's key is gone with its terminal
        foreach (var old in (await store.Keys.List(stop)).Where(k => k.Name == KeyName && k.Revoked is null)) await store.Keys.Revoke(old.Id, stop);
        var (_, key) = await store.Keys.Create(KeyName, KeyScopeNames.All, stop);
        Terminal.Say($"shop:      {host.Address}");
        Terminal.Say($"dashboard: {new Uri(host.Address, "dashboard")}");
        Terminal.Say($"key:       {key}");
        Terminal.Say("stop with Ctrl-C");
        await ServeRun.Stopped(stop);
        await host.Stop();
    }

    // the newest moment that the store knows
    private static async Task<DateTimeOffset> Fill(string demo, string place, CancellationToken stop)
    {
        var folder = Path.Combine(demo, "shop");
        var config = ConfigReader.ReadFile<SundryOptions>(Path.Combine(folder, LogConfiguration.FileName));
        var (log, _) = LogReader.Read(new LogRequest(config.Data, folder, TimeProvider.System, null), null, stop);
        var end = DateTimeOffset.FromUnixTimeMilliseconds(Last(log));
        Directory.CreateDirectory(Path.Combine(demo, Folder));
        using var store = ShopStore.Open(place, new StoreOptions { Clock = new ShiftedClock(end + s_afterwards, TimeProvider.System) });
        if (await store.Documents.Get(Mark, Mark, stop) is null)
        {
            using var display = new RunDisplay();
            await StoreLoad.Run(log, store, new Relay<PrepareProgress>(display.Reading), stop);
            var stock = Stock(log, Path.Combine(folder, LogFolder.Deliveries));
            await Task.WhenAll(stock.Select((units, item) => store.Items.Patch(log.Items.Text(item), string.Create(CultureInfo.InvariantCulture, $"{{\"stock\":{units}}}"), stop)));
            // the last of all: what was interrupted is done again
            await store.Documents.Put(Mark, Mark, "{}", null, stop);
            return end;
        }

        // visitors of an earlier start have been there since
        var newest = await store.Events.After(Math.Max(0, await store.Position(stop) - Newest), Newest, stop);
        return newest.Count == 0 ? end : DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(end.ToUnixTimeMilliseconds(), newest.Max(e => e.Event.Time)));
    }

    private static long Last(EventLog log)
    {
        var last = new ShopEvent[1];
        return log.Count > 0 && log.Read(log.Count - 1, last) == 1 ? last[0].Time : throw new InputException("the demo's log has no events; make it again with --force");
    }

    // what was delivered, less what was bought
    private static double[] Stock(EventLog log, string deliveries)
    {
        var left = new double[log.Items.Count];
        foreach (var line in File.ReadLines(deliveries).Skip(1))
            if (line.Split(',') is [var item, _, var quantity] && log.Items.Find(item) is var number and >= 0) left[number] += double.Parse(quantity, CultureInfo.InvariantCulture);
        var buffer = new ShopEvent[4096];
        for (var start = 0; log.Read(start, buffer) is var count and > 0; start += count)
            foreach (var happened in buffer.AsSpan(0, count))
                if (happened is { Type: EventTypes.Purchase, Item: >= 0 }) left[happened.Item] -= happened.Quantity;
        return [.. left.Select(units => Math.Max(0, units))];
    }
}
