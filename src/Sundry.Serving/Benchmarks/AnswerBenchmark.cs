using System.Diagnostics;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>Measures whole answers in process, one after the other: retrieval, features, multi-task scores and rules, on a made-up shop and a model of random weights.</summary>
public static class AnswerBenchmark
{
    private const int WarmUp = 300;

    /// <summary>Measures.</summary>
    /// <param name="options">The shop and the model.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="Data.InputException">An option is out of its range.</exception>
    public static async Task<AnswerBenchmarkResult> Run(AnswerBenchmarkOptions options, TimeProvider clock, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var folder = Directory.CreateTempSubdirectory("sundry-answers-").FullName;
        try
        {
            var shop = new AnswerBenchmarkShop(options, folder, clock);
            progress?.Report("preparing a model of random weights");
            var model = shop.Model(cancel);
            using var store = ShopStore.Open(Path.Combine(folder, "shop.db"), new StoreOptions { Clock = clock });
            progress?.Report($"filling a store: {options.Items:N0} items, {options.Users:N0} users, {options.Events:N0} events");
            await shop.Fill(store, cancel);
            var opening = Stopwatch.StartNew();
            await using var server = await ShopServer.Open(store, model, new ServeOptions { Clock = clock, Defaults = shop.Scenarios }, cancel);
            var opened = opening.Elapsed.TotalSeconds;
            progress?.Report($"open within {opened:0.0} s; asking");
            return await Ask(server, shop, options, opened, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<AnswerBenchmarkResult> Ask(ShopServer server, AnswerBenchmarkShop shop, AnswerBenchmarkOptions options, double opened, CancellationToken cancel)
    {
        var random = new Random(options.Seed);
        for (var i = 0; i < WarmUp; i++) await server.Recommend(shop.Request(random), cancel);
        var all = new double[options.Requests];
        var stages = RequestRun.StageNames.ToDictionary(s => s, _ => new double[options.Requests], StringComparer.Ordinal);
        var (scored, degraded, allocated) = (0L, 0, 0L);
        var busy = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < all.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var request = shop.Request(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var asking = server.Recommend(request, cancel);
            // with one caller nobody waits for a worker, and the answer is made on this thread
            var inline = asking.IsCompleted;
            var answer = await asking;
            all[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (inline) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            var explanation = await server.Explain(answer.Id, cancel) ?? throw new InvalidOperationException("an answer was not kept");
            foreach (var (stage, ms) in explanation.Stages) stages[stage][i] = ms;
            scored += explanation.Scored;
            if (answer.Degraded.Count > 0) degraded++;
        }

        busy = Environment.CpuUsage.TotalTime - busy;
        var (median, p99) = Quantiles(all);
        using var process = Process.GetCurrentProcess();
        return new AnswerBenchmarkResult(median, p99,
            [.. RequestRun.StageNames.Select(s => Stage(s, stages[s]))],
            busy.TotalMilliseconds / options.Requests, allocated / 1e3 / options.Requests, (double)scored / options.Requests, degraded, opened, process.PeakWorkingSet64 / 1e6, options, Machine.Here());
    }

    private static AnswerBenchmarkResult.Stage Stage(string name, double[] ms)
    {
        var (median, p99) = Quantiles(ms);
        return new(name, median, p99);
    }

    private static (double Median, double P99) Quantiles(double[] ms)
    {
        Array.Sort(ms);
        return (ms[ms.Length / 2], ms[(int)(0.99 * ms.Length)]);
    }
}
