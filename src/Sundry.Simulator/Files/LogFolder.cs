using System.IO.Compression;
using Sundry.Data;

namespace Sundry.Simulator;

/// <summary>
/// Writes a simulated event log as a shop would hand it over: the events, <c>items.csv</c>, <c>users.csv</c>, <c>friends.csv</c>,
/// <c>categories.csv</c> and <c>stock.csv</c> (deliveries), a <c>sundry.yaml</c> to train with, and on request the truth.
/// </summary>
public static class LogFolder
{
    /// <summary>The products.</summary>
    public const string Items = "items.csv";

    /// <summary>The customers.</summary>
    public const string Users = "users.csv";

    /// <summary>Pairs of friends, each once.</summary>
    public const string Friendships = "friends.csv";

    /// <summary>Categories and departments with what they belong to.</summary>
    public const string Categories = "categories.csv";

    /// <summary>Deliveries: item, time, units.</summary>
    public const string Deliveries = "stock.csv";

    /// <summary>For each impression, by its event's id, what its outcomes were drawn from: a file for <see cref="Simulator.Truth"/>.</summary>
    public const string Truth = "truth.csv";

    private const int ReportEvery = 8192;

    /// <summary>The name of the file of events.</summary>
    public static string Events(ShopLogOptions options) => (options.JsonLines ? "events.jsonl" : "events.csv") + (options.Gzip ? ".gz" : "");

    /// <summary>Simulates and writes. Events stream to disk; the folder appears under its name only when it is whole.</summary>
    /// <param name="options">The log.</param>
    /// <param name="folder">A folder that does not exist yet.</param>
    /// <param name="progress">Told of the events written, now and then.</param>
    /// <param name="cancel">Stops the work; nothing is left behind.</param>
    /// <returns>What was written, counted.</returns>
    /// <exception cref="InputException">An option is out of its range, or the folder exists.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static ShopLogSummary Write(ShopLogOptions options, string folder, IProgress<ShopProgress>? progress = null, CancellationToken cancel = default)
    {
        options.Validate();
        return WholeFolder.Write(folder, partial => WriteInto(partial, options, progress, cancel));
    }

    private static ShopLogSummary WriteInto(string folder, ShopLogOptions options, IProgress<ShopProgress>? progress, CancellationToken cancel)
    {
        var simulator = new LogSimulator(options);
        var shop = simulator.Shop;
        File.WriteAllText(Path.Combine(folder, LogConfiguration.FileName), LogConfiguration.Text(options));
        CatalogueFiles.Items(Path.Combine(folder, Items), shop);
        CatalogueFiles.Users(Path.Combine(folder, Users), shop);
        CatalogueFiles.Categories(Path.Combine(folder, Categories), shop);
        var friendships = CatalogueFiles.Friendships(Path.Combine(folder, Friendships), shop, simulator.Friends);
        var types = new EventTypes().Names;
        var counts = new long[types.Count];
        var (written, sessions, last) = (0L, 0, 0L);
        using (var stock = new RowWriter(File.Create(Path.Combine(folder, Deliveries))))
        using (var truth = options.Truth ? new RowWriter(File.Create(Path.Combine(folder, Truth))) : null)
        using (var events = new EventWriter(Open(Path.Combine(folder, Events(options)), options.Gzip), options.JsonLines))
        {
            foreach (var name in new[] { "item", "time", "quantity" }) stock.Text(name);
            stock.EndRow();
            if (truth is not null) TruthTable.WriteHeader(truth);
            var run = simulator.Open(cancel, (day, product, units) => Deliver(stock, shop.Products[product], day, units));
            foreach (var item in run.Events(cancel))
            {
                events.Write(item);
                if (truth is not null && item.Type == EventTypes.Impression) TruthTable.Write(truth, item.Id, item.Truth);
                counts[item.Type]++;
                (sessions, last) = (Math.Max(sessions, item.Session), item.Time);
                if (++written % ReportEvery == 0) progress?.Report(new ShopProgress(written, options.Events));
            }
        }

        progress?.Report(new ShopProgress(written, options.Events));
        return new ShopLogSummary(
            written, types.Zip(counts).Where(t => t.Second > 0).ToDictionary(t => t.First, t => t.Second), sessions, shop.Customers.Count, shop.Products.Count, friendships,
            DateTime.UnixEpoch.AddMilliseconds(last));
    }

    private static AsideStream Open(string path, bool gzip) => new(gzip ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path));

    private static void Deliver(RowWriter stock, Product product, int day, int units)
    {
        stock.Text(product.Id);
        stock.Text(CatalogueFiles.Time(day));
        stock.Number(units);
        stock.EndRow();
    }
}
