using System.Diagnostics;
using System.Globalization;
using Sundry.Serving;
using Xunit.Abstractions;

namespace Sundry.Tests;

/// <summary>How long a start takes; run with SUNDRY_LIVE_EVENTS=1000000, on a machine that does nothing else.</summary>
public sealed class LiveStartTests(ITestOutputHelper output) : IDisposable
{
    private readonly ToyShop _toys = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _toys.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task A_start_is_quick()
    {
        Skip.IfNot(int.TryParse(Environment.GetEnvironmentVariable("SUNDRY_LIVE_EVENTS"), CultureInfo.InvariantCulture, out var count), "set SUNDRY_LIVE_EVENTS=1000000 to measure starts");
        const int many = 100_000;
        var encoder = ToyShop.Encoder(_folder, ToyLog.Draw(20_000, users: 200, items: 150));
        var log = ToyLog.Draw(count, users: many, items: many);
        var store = _toys.Store();
        await store.Items.Put([.. Enumerable.Range(0, many).Select(i => ToyShop.Described(log.Items, log.ItemColumns, i))]);
        var events = ShopStateTests.All(log);
        foreach (var part in Enumerable.Range(0, events.Length).Chunk(10_000)) await store.Events.Append([.. part.Select(i => ToyShop.Record(log, events[i], i))]);

        var told = await store.Events.LiveAfter(0, count, default);
        var memory = new ShopMemory(encoder, _toys.Options, new RuleNames());
        var (watch, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (var e in told) memory.Apply(e);
        output.WriteLine($"{told.Count / watch.Elapsed.TotalSeconds:N0} events/s applied ({told.Count / (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds:N0} per second of processor time), {(GC.GetAllocatedBytesForCurrentThread() - allocated) / told.Count} bytes allocated each");

        foreach (var way in new[] { "from nothing", "from a checkpoint" })
        {
            (watch, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            await using var live = await LiveShop.Open(store, encoder, _toys.Options);
            output.WriteLine($"{way}: {watch.Elapsed.TotalSeconds:0.00} s, {(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds:0.00} s of processor time");
            Assert.Equal(way != "from nothing", live.WasRestored);
            Assert.Equal(events.Length, live.Now.Events);
            watch.Restart();
            using (var bytes = LiveCheckpoint.Write(live.Now, _toys.Options)) output.WriteLine($"a checkpoint of {bytes.Length / 1e6:0.0} MB is made in {watch.ElapsedMilliseconds} ms, while answers go on");
            Assert.True(await live.Checkpoint());
        }
    }
}
