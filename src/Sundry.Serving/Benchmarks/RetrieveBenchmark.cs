using System.Diagnostics;
using System.Runtime.InteropServices;
using Sundry.Compute;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>Measures exact searches over made-up vectors, and holds what they find against the exact float products.</summary>
public static class RetrieveBenchmark
{
    private const int RowsPerChange = 1 << 15;

    // what is called often is compiled a second time, a tenth of a second later, by a thread of its own
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.4);

    /// <summary>Measures.</summary>
    /// <param name="options">What, and how often.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops after the present search.</param>
    /// <exception cref="InputException">An option is out of its range.</exception>
    public static RetrieveBenchmarkResult Run(RetrieveBenchmarkOptions options, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var drawn = new SyntheticVectors(options.Width, options.Directions, options.Seed);
        var (items, queries) = (drawn.Draw(options.Items), drawn.Draw(options.Queries));
        if (options.Folder is { } folder) Write(folder, items, queries);
        progress?.Report($"{options.Items:N0} vectors of {options.Width}");
        using var rows = new VectorRows(options.Width);
        var build = Stopwatch.StartNew();
        var numbers = new int[Math.Min(options.Items, RowsPerChange)];
        for (var first = 0; first < options.Items; first += numbers.Length)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(numbers.Length, options.Items - first);
            for (var i = 0; i < count; i++) numbers[i] = first + i;
            rows.Set(numbers.AsSpan(0, count), items.AsSpan(first * options.Width, count * options.Width));
        }

        var buildSeconds = build.Elapsed.TotalSeconds;
        progress?.Report($"taken in within {buildSeconds:0.0} s");
        var found = new int[options.Queries][];
        var (ms, bytes, seconds) = Search(options, rows, queries, found, cancel);
        progress?.Report("counting what was missed");
        var recall = Recall(options, items, queries, found, cancel);
        Array.Sort(ms);
        var median = ms[ms.Length / 2];
        return new(median, ms[(int)(0.99 * ms.Length)], options.Queries / seconds, bytes / median / 1e6, recall, buildSeconds, PeakMemoryMb(), options, Machine.Here());
    }

    private static (double[] Ms, double Bytes, double Seconds) Search(RetrieveBenchmarkOptions options, VectorRows rows, float[] queries, int[][] found, CancellationToken cancel)
    {
        var ms = new double[options.Queries];
        long lowBytes = 0;
        using var ready = new Barrier(options.Threads);
        var next = -1;
        var started = 0L;
        var ends = new long[options.Threads];
        void Work(int thread)
        {
            var search = new RowSearch();
            var (best, scores) = (new int[options.Top], new float[options.Top]);
            int Find(int query) => search.Find(rows, queries.AsSpan(query * options.Width, options.Width), options.Top, [], best, scores);
            var warm = Stopwatch.StartNew();
            for (var i = thread; warm.Elapsed < s_warmUp && !cancel.IsCancellationRequested; i++) Find(i % options.Queries);
            ready.SignalAndWait(CancellationToken.None);
            if (thread == 0) started = Stopwatch.GetTimestamp();
            for (int query; (query = Interlocked.Increment(ref next)) < options.Queries && !cancel.IsCancellationRequested;)
            {
                var start = Stopwatch.GetTimestamp();
                var count = Find(query);
                ms[query] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                found[query] = best[..count];
                Interlocked.Add(ref lowBytes, search.LowBytes);
            }

            ends[thread] = Stopwatch.GetTimestamp();
        }

        var others = Enumerable.Range(1, options.Threads - 1).Select(t => new Thread(() => Work(t)) { IsBackground = true }).ToArray();
        foreach (var other in others) other.Start();
        Work(0);
        foreach (var other in others) other.Join();
        cancel.ThrowIfCancellationRequested();
        return (ms, rows.ScanBytes + (double)lowBytes / options.Queries, Stopwatch.GetElapsedTime(started, ends.Max()).TotalSeconds);
    }

    private static double Recall(RetrieveBenchmarkOptions options, float[] items, float[] queries, int[][] found, CancellationToken cancel)
    {
        long hits = 0, all = 0;
        Parallel.For(0, options.Queries, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, query =>
        {
            var exact = SyntheticVectors.Best(items, queries.AsSpan(query * options.Width, options.Width), options.Top);
            Interlocked.Add(ref all, exact.Count);
            Interlocked.Add(ref hits, found[query].Count(exact.Contains));
        });
        return (double)hits / all;
    }

    private static double PeakMemoryMb()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    private static void Write(string folder, float[] items, float[] queries)
    {
        Directory.CreateDirectory(folder);
        using var first = File.Create(Path.Combine(folder, "items.f32"));
        first.Write(MemoryMarshal.AsBytes(items.AsSpan()));
        using var second = File.Create(Path.Combine(folder, "queries.f32"));
        second.Write(MemoryMarshal.AsBytes(queries.AsSpan()));
    }
}
