using System.Diagnostics;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>Measures how fast a store takes events: durably, in batches, from several callers, each of which waits for its acknowledgement.</summary>
public static class IngestBenchmark
{
    private const int Page = 10_000;

    /// <summary>Measures.</summary>
    /// <param name="options">What to send.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="Data.InputException">An option is out of its range, or the store cannot be opened.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write.</exception>
    public static IngestBenchmarkResult Run(IngestBenchmarkOptions options, TimeProvider clock, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        if (options.Store is { } place) return Measure(options, place, clock, progress, cancel);
        var folder = Directory.CreateTempSubdirectory("sundry-ingest-").FullName;
        try
        {
            return Measure(options, Path.Combine(folder, "shop.db"), clock, progress, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IngestBenchmarkResult Measure(IngestBenchmarkOptions options, string place, TimeProvider clock, IProgress<string>? progress, CancellationToken cancel)
    {
        var batches = Math.Max(1, options.Events / (options.Batch * options.Writers));
        var ms = new double[options.Writers * batches];
        long first;
        TimeSpan took;
        using (var store = ShopStore.Open(place, new StoreOptions { Clock = clock }))
        {
            first = store.Position(cancel).GetAwaiter().GetResult();
            // events of the past, since the store refuses those of the future
            var start = clock.GetUtcNow().ToUnixTimeMilliseconds() - (long)(batches + 1) * options.Batch * options.Writers;
            var watch = Stopwatch.StartNew();
            Task.WhenAll(Enumerable.Range(0, options.Writers).Select(w =>
                Task.Run(() => Send(store, new IngestEvents(options, w, start), options.Batch, ms.AsMemory(w * batches, batches), cancel), cancel))).GetAwaiter().GetResult();
            took = watch.Elapsed;
        }

        progress?.Report($"{ms.Length * options.Batch:N0} events in {took.TotalSeconds:0.0} s");
        var opening = Stopwatch.StartNew();
        using var again = ShopStore.Open(place, new StoreOptions { Clock = clock });
        opening.Stop();
        var reading = Stopwatch.StartNew();
        var read = Read(again, first, cancel).GetAwaiter().GetResult();
        reading.Stop();
        if (read != (long)ms.Length * options.Batch) throw new InvalidOperationException($"{ms.Length * options.Batch} events were acknowledged, and {read} are there");
        Array.Sort(ms);
        using var process = Process.GetCurrentProcess();
        return new(read / took.TotalSeconds, ms[ms.Length / 2], ms[(int)(0.99 * ms.Length)], ms[^1], read / reading.Elapsed.TotalSeconds, opening.Elapsed.TotalMilliseconds, process.PeakWorkingSet64 / 1e6, options, Machine.Here());
    }

    private static async Task Send(ShopStore store, IngestEvents events, int batch, Memory<double> ms, CancellationToken cancel)
    {
        for (var i = 0; i < ms.Length; i++)
        {
            var records = events.Next(batch);
            var start = Stopwatch.GetTimestamp();
            var receipts = await store.Events.Append(records, cancel);
            ms.Span[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (receipts.FirstOrDefault(r => r.Outcome != EventOutcome.Accepted) is { Id: not null } other)
                throw new InvalidOperationException($"an event was {other.Outcome}: {other.Reason ?? other.Id}");
        }
    }

    private static async Task<long> Read(ShopStore store, long after, CancellationToken cancel)
    {
        var count = 0L;
        await foreach (var page in store.Events.Pages(after, Page, cancel)) count += page.Count;
        return count;
    }
}
