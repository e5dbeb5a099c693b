using System.Diagnostics;
using System.Globalization;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Starts a process that sends events and prints which batches were acknowledged, kills it (SIGKILL) at a random moment, opens the store, and compares: nothing that was
/// acknowledged may be missing, nothing may be there twice, no batch in part. Again and again, on the same store.
/// </summary>
public static class IngestSoak
{
    private const int Page = 10_000;
    private const int LongestRunMs = 1_500;

    // what is tested is not how fast the machine is
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>The child's side: sends batches for ever, and prints <c>ack WRITER BATCH.</c> behind each acknowledgement.</summary>
    /// <param name="options">What to send; the store must be named.</param>
    /// <param name="cycle">Names the events.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="output">Where to print.</param>
    /// <param name="cancel">Stops.</param>
    public static void Send(IngestBenchmarkOptions options, int cycle, TimeProvider clock, TextWriter output, CancellationToken cancel)
    {
        options.Check();
        using var store = ShopStore.Open(options.Store!, new StoreOptions { Clock = clock, Patience = s_patience });
        var start = clock.GetUtcNow().ToUnixTimeMilliseconds() - TimeSpan.MillisecondsPerDay;
        Task.WhenAll(Enumerable.Range(0, options.Writers).Select(w => Task.Run(async () =>
        {
            var events = new IngestEvents(options, w, start);
            for (var batch = 0; !cancel.IsCancellationRequested; batch++)
            {
                await store.Events.Append(events.Next(options.Batch, Name(cycle, w, batch)), cancel);
                lock (output)
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ack {w} {batch}."));
                    output.Flush();
                }
            }
        }, cancel))).GetAwaiter().GetResult();
    }

    /// <summary>The parent's side.</summary>
    /// <param name="options">What to send; the store must be named.</param>
    /// <param name="cycles">How often to kill.</param>
    /// <param name="command">The program that sends, with its first arguments; store, cycle and the like are added.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="InputException">The child could not begin.</exception>
    public static IngestSoakResult Run(IngestBenchmarkOptions options, int cycles, IReadOnlyList<string> command, TimeProvider clock, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var random = new Random(options.Seed);
        var sum = new IngestSoakResult(0, 0, 0, 0, 0, 0, 0);
        var position = 0L;
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            cancel.ThrowIfCancellationRequested();
            var acknowledged = RunAndKill(options, cycle, command, TimeSpan.FromMilliseconds(random.Next(LongestRunMs)), clock, cancel);
            var watch = Stopwatch.StartNew();
            using var store = ShopStore.Open(options.Store!, new StoreOptions { Clock = clock, Patience = s_patience });
            watch.Stop();
            (sum, position) = Compare(store, options, cycle, position, acknowledged, sum with { SlowestOpenMs = Math.Max(sum.SlowestOpenMs, watch.Elapsed.TotalMilliseconds) }, cancel).GetAwaiter().GetResult();
            progress?.Report($"killed {sum.Cycles} times: {sum.Acknowledged:N0} events acknowledged, {sum.Lost} lost, {sum.Doubled} doubled, {sum.Torn} batches in part");
        }

        return sum;
    }

    private static List<(int Writer, int Batch)> RunAndKill(IngestBenchmarkOptions options, int cycle, IReadOnlyList<string> command, TimeSpan after, TimeProvider clock, CancellationToken cancel)
    {
        string[] arguments =
        [
            .. command.Skip(1), "bench", "ingest", "--store", options.Store!, "--batch", Text(options.Batch), "--writers", Text(options.Writers), "--names", Text(options.Names), "--seed", Text(options.Seed + cycle), "--send", Text(cycle),
        ];
        using var child = Process.Start(new ProcessStartInfo(command[0], arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var acknowledged = new List<(int, int)>();
        try
        {
            var error = child.StandardError.ReadToEndAsync(cancel);
            if (child.StandardOutput.ReadLine() is not { } first) throw new InputException($"the process that sends ended before its first acknowledgement: {error.GetAwaiter().GetResult().Trim()}");
            var kill = Task.Delay(after, clock, cancel).ContinueWith(_ => child.Kill(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            for (var line = first; line is not null; line = child.StandardOutput.ReadLine())
                if (line.EndsWith('.') && line[..^1].Split(' ') is ["ack", var writer, var batch]) acknowledged.Add((Number(writer), Number(batch)));
            kill.GetAwaiter().GetResult();
        }
        finally
        {
            if (!child.HasExited) child.Kill();
            child.WaitForExit();
        }

        return acknowledged;
    }

    private static async Task<(IngestSoakResult Sum, long Position)> Compare(ShopStore store, IngestBenchmarkOptions options, int cycle, long position, List<(int Writer, int Batch)> acknowledged, IngestSoakResult sum, CancellationToken cancel)
    {
        var found = new Dictionary<(int Writer, int Batch), HashSet<string>>();
        var (count, doubled) = (0L, 0L);
        await foreach (var page in store.Events.Pages(position, Page, cancel))
        {
            foreach (var stored in page)
            {
                count++;
                position = stored.Position;
                var parts = stored.Event.Id!.Split('-');
                var batch = (Number(parts[1]), Number(parts[2]));
                if (!found.TryGetValue(batch, out var ids)) found[batch] = ids = new(StringComparer.Ordinal);
                if (Number(parts[0]) != cycle || !ids.Add(stored.Event.Id)) doubled++;
            }
        }

        // what was acknowledged last is sent once more, as by a caller that did not hear of it
        if (acknowledged.Count > 0)
        {
            var last = acknowledged[^1];
            var again = await store.Events.Append(new IngestEvents(options, last.Writer, 0).Next(options.Batch, Name(cycle, last.Writer, last.Batch)), cancel);
            doubled += again.Count(r => r.Outcome != EventOutcome.Duplicate);
        }

        var all = sum.Found + count;
        if ((await store.Counts(cancel)).Events != all) doubled++;
        return (sum with
        {
            Cycles = sum.Cycles + 1,
            Acknowledged = sum.Acknowledged + (long)acknowledged.Count * options.Batch,
            Found = all,
            Lost = sum.Lost + acknowledged.Sum(b => options.Batch - (found.TryGetValue(b, out var there) ? there.Count : 0)),
            Doubled = sum.Doubled + doubled,
            Torn = sum.Torn + found.Values.Count(ids => ids.Count != options.Batch),
        }, position);
    }

    private static string Name(int cycle, int writer, int batch) => string.Create(CultureInfo.InvariantCulture, $"{cycle}-{writer}-{batch}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
