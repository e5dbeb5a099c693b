using System.Diagnostics;
using System.Globalization;
using Sundry.Data;
using Sundry.Models;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>Measures how fast events are applied to a shop's memory, how long a start takes, and what a checkpoint costs those who tell events meanwhile.</summary>
public static class LiveBenchmark
{
    private const int Batch = 100;
    private const int PerAppend = 2_000;
    private const int Writes = 5;

    /// <summary>Measures, in a store of its own that is gone afterwards.</summary>
    /// <exception cref="InputException">An option is out of its range, or the model cannot be used.</exception>
    public static async Task<LiveBenchmarkResult> Run(LiveBenchmarkOptions options, TimeProvider clock, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        using var bundle = options.Model is { } model ? Bundle.Load(model) : null;
        var folder = Directory.CreateTempSubdirectory("sundry-live-").FullName;
        try
        {
            using var store = ShopStore.Open(Path.Combine(folder, "shop.db"), new StoreOptions { Clock = clock });
            var source = await Fill(store, options, clock, progress, cancel);
            return await Measure(store, bundle?.Encoder, source, options, clock, progress, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IngestEvents> Fill(ShopStore store, LiveBenchmarkOptions options, TimeProvider clock, IProgress<string>? progress, CancellationToken cancel)
    {
        progress?.Report($"telling a store {options.Names:N0} items and users and {options.Events:N0} events");
        string Attributes(int i) => string.Create(CultureInfo.InvariantCulture, $$"""{"category":"c{{i % 12}}","brand":"b{{i % 100}}","price":{{1 + i % 90}}.5,"title":"thing number {{i}} of kind {{i % 1000}}"}""");
        await store.Items.Put([.. Enumerable.Range(0, options.Names).Select(i => ($"i{i}", Attributes(i)))], cancel);
        await store.Users.Put([.. Enumerable.Range(0, options.Names).Select(i => ($"u{i}", """{"country":"NL","segment":"new"}"""))], cancel);
        // of the past, since a store refuses those of the future
        var source = new IngestEvents(new IngestBenchmarkOptions { Names = options.Names, Seed = options.Seed, Writers = 1 }, 0, clock.GetUtcNow().ToUnixTimeMilliseconds() - options.Events - 4L * Batch * options.Batches - 3_600_000);
        for (var told = 0; told < options.Events; told += PerAppend) Accepted(await store.Events.Append(Next(source, Math.Min(PerAppend, options.Events - told)), cancel));
        return source;
    }

    // everybody's visits are their own, of half an hour
    private static EventRecord[] Next(IngestEvents source, int count) =>
        Array.ConvertAll(source.Next(count), e => e with { Session = string.Create(CultureInfo.InvariantCulture, $"{e.User}-{e.Time / 1_800_000}") });

    private static async Task<LiveBenchmarkResult> Measure(
        ShopStore store, Encoder? encoder, IngestEvents source, LiveBenchmarkOptions options, TimeProvider clock, IProgress<string>? progress, CancellationToken cancel)
    {
        progress?.Report("applying");
        var (perSecond, bytes) = await Applied(store, encoder, options, cancel);
        // saved when it is asked for alone
        var how = new LiveOptions { Clock = clock, CheckpointEvery = TimeSpan.Zero };
        var watch = Stopwatch.StartNew();
        double rebuild;
        await using (var live = await LiveShop.Open(store, encoder, how, cancel))
        {
            rebuild = watch.Elapsed.TotalSeconds;
            await live.Checkpoint(cancel);
        }

        watch.Restart();
        await using var again = await LiveShop.Open(store, encoder, how, cancel);
        var restore = watch.Elapsed.TotalSeconds;
        if (!again.WasRestored) throw new InvalidOperationException("The checkpoint was not found.");
        var (made, length) = Written(again, how);
        progress?.Report("telling events");
        var plain = await Told(store, again, source, options, cancel);
        progress?.Report("telling events while checkpoints are made");
        var (saved, stop) = (0, false);
        var saving = Task.Run(
            async () =>
            {
                for (; !Volatile.Read(ref stop); saved++) await again.Checkpoint(cancel);
            },
            cancel);
        var meanwhile = await Told(store, again, source, options, cancel);
        Volatile.Write(ref stop, true);
        await saving;
        return new(perSecond, bytes, rebuild, restore, length / 1e6, made, At(plain, .99), plain[^1], At(meanwhile, .99), meanwhile[^1], saved, options, Machine.Here());
    }

    private static async Task<(double PerSecond, double Bytes)> Applied(ShopStore store, Encoder? encoder, LiveBenchmarkOptions options, CancellationToken cancel)
    {
        var told = await store.Events.LiveAfter(0, options.Events, cancel);
        var memory = new ShopMemory(encoder, new LiveOptions(), new RuleNames());
        await Descriptions.Begin(store, cancel).Tell(memory);
        // at first each names an item or a user that has no number yet, as it is at no other time
        var known = told.Count / 2;
        foreach (var e in told.Take(known)) memory.Apply(e);
        var (allocated, begun) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        for (var i = known; i < told.Count; i++) memory.Apply(told[i]);
        var took = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return ((told.Count - known) / took, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)(told.Count - known));
    }

    private static (double Ms, long Length) Written(LiveShop live, LiveOptions how)
    {
        var (ms, length) = (new double[Writes], 0L);
        for (var i = 0; i < Writes; i++)
        {
            using var bytes = new ScratchStream(live.Now.SavedLength);
            var begun = Stopwatch.GetTimestamp();
            LiveCheckpoint.Write(live.Now, how, bytes);
            (ms[i], length) = (Stopwatch.GetElapsedTime(begun).TotalMilliseconds, bytes.Length);
        }

        Array.Sort(ms);
        return (ms[Writes / 2], length);
    }

    private static async Task<double[]> Told(ShopStore store, LiveShop live, IngestEvents source, LiveBenchmarkOptions options, CancellationToken cancel)
    {
        var ms = new double[options.Batches];
        for (var i = 0; i < ms.Length; i++)
        {
            var events = Next(source, Batch);
            var begun = Stopwatch.GetTimestamp();
            var receipts = Accepted(await store.Events.Append(events, cancel));
            await live.Reach(receipts[^1].Position, cancel);
            ms[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        Array.Sort(ms);
        return ms;
    }

    private static IReadOnlyList<EventReceipt> Accepted(IReadOnlyList<EventReceipt> receipts) =>
        receipts.FirstOrDefault(r => r.Outcome != EventOutcome.Accepted) is { Id: not null } other ? throw new InvalidOperationException($"an event was {other.Outcome}: {other.Reason ?? other.Id}") : receipts;

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
