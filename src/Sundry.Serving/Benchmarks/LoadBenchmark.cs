using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>
/// Measures a server from outside. In an open loop a request's time counts from when it was due, so that a server that stalls cannot hide the requests that would have come meanwhile
/// (Tene's "coordinated omission").
/// </summary>
public static class LoadBenchmark
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Measures.</summary>
    /// <param name="options">What, and how often.</param>
    /// <param name="users">The ids of users who may ask.</param>
    /// <param name="items">The ids of items to rank, or that events are about.</param>
    /// <param name="clock">The clock that stamps events.</param>
    /// <param name="progress">Told what is going on, in words.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="InputException">An option is out of its range, or the first request is refused or nobody answers it.</exception>
    public static async Task<LoadBenchmarkResult> Run(
        LoadBenchmarkOptions options, IReadOnlyList<string> users, IReadOnlyList<string> items, TimeProvider clock, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        if (users.Count == 0 || items.Count == 0) throw new InputException("there are no users or no items to ask about; name a configuration whose log has some");
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = options.Clients, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) };
        using var client = new HttpClient(handler) { BaseAddress = options.Url, Timeout = s_patience };
        if (options.Key is { } key) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var requests = new LoadRequests(options, users, items, clock);
        await First(client, requests, cancel);
        progress?.Report($"warming up for {options.WarmUp:0.#} s, then {options.Seconds:0.#} s that count");
        var tally = new Tally();
        var begun = Stopwatch.GetTimestamp();
        if (options.Rate > 0) await Open(options, client, requests, tally, begun, cancel);
        else await Closed(options, client, requests, tally, begun, cancel);
        cancel.ThrowIfCancellationRequested();
        return tally.Result(options with { Key = null });
    }

    private static async Task First(HttpClient client, LoadRequests requests, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.PostAsync(requests.Path, Content(requests.Next()), cancel);
            if (answer.IsSuccessStatusCode) return;
            throw new InputException($"the server answered {(int)answer.StatusCode} to the first request: {await answer.Content.ReadAsStringAsync(cancel)}", $"{client.BaseAddress}{requests.Path}");
        }
        catch (HttpRequestException e)
        {
            throw new InputException($"nobody answers ({e.Message}); start a server with: sundry serve", client.BaseAddress!.ToString());
        }
    }

    private static async Task Open(LoadBenchmarkOptions options, HttpClient client, LoadRequests requests, Tally tally, long begun, CancellationToken cancel)
    {
        var room = new SemaphoreSlim(options.Clients);
        var all = (long)Math.Ceiling((options.WarmUp + options.Seconds) * options.Rate);
        var last = new List<Task>();
        // a thread of its own: the pool's timers come to it late when there is much to do
        await Task.Factory.StartNew(
            () =>
            {
                for (var i = 0L; i < all && !cancel.IsCancellationRequested; i++)
                {
                    var due = begun + (long)(i / options.Rate * Stopwatch.Frequency);
                    var body = requests.Next();
                    while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due).TotalMilliseconds > 0.6) cancel.WaitHandle.WaitOne(1);
                    var now = Stopwatch.GetTimestamp();
                    var counts = i >= options.WarmUp * options.Rate;
                    if (!room.Wait(0, CancellationToken.None))
                    {
                        if (counts) tally.Failed("crowded");
                        continue;
                    }

                    if (counts) tally.Late(Math.Max(0, Stopwatch.GetElapsedTime(due, now).TotalMilliseconds));
                    last.RemoveAll(t => t.IsCompleted);
                    last.Add(Task.Run(() => Send(options, client, requests.Path, body, Math.Min(due, now), counts ? tally : null, cancel).ContinueWith(_ => room.Release(), TaskScheduler.Default), CancellationToken.None));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await Task.WhenAll(last);
        tally.Seconds = options.Seconds;
    }

    private static async Task Closed(LoadBenchmarkOptions options, HttpClient client, LoadRequests requests, Tally tally, long begun, CancellationToken cancel)
    {
        var drawing = new Lock();
        await Task.WhenAll(Enumerable.Range(0, options.Clients).Select(_ => Task.Run(
            async () =>
            {
                while (!cancel.IsCancellationRequested)
                {
                    byte[] body;
                    lock (drawing) body = requests.Next();
                    var now = Stopwatch.GetTimestamp();
                    var at = Stopwatch.GetElapsedTime(begun, now).TotalSeconds;
                    if (at >= options.WarmUp + options.Seconds) return;
                    await Send(options, client, requests.Path, body, now, at >= options.WarmUp ? tally : null, cancel);
                }
            },
            CancellationToken.None)));
        tally.Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds - options.WarmUp;
    }

    private static async Task Send(LoadBenchmarkOptions options, HttpClient client, string path, byte[] body, long from, Tally? tally, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.PostAsync(path, Content(body), cancel);
            var text = await answer.Content.ReadAsByteArrayAsync(cancel);
            var ms = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            if (!answer.IsSuccessStatusCode) tally?.Failed(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
            else if (options.Kind != LoadKind.Events && text.AsSpan().IndexOf("\"id\":"u8) == text.AsSpan().LastIndexOf("\"id\":"u8)) tally?.Failed("empty");
            else tally?.Good(ms, text.AsSpan().IndexOf("\"degraded\":[\""u8) >= 0);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            if (!cancel.IsCancellationRequested) tally?.Failed("none");
        }
    }

    private static ByteArrayContent Content(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    // what counted
    private sealed class Tally
    {
        private readonly ConcurrentQueue<double> _ms = [];
        private readonly ConcurrentQueue<double> _late = [];
        private readonly ConcurrentDictionary<string, long> _errors = [];
        private long _degraded;

        public double Seconds { get; set; }

        public void Good(double ms, bool degraded)
        {
            _ms.Enqueue(ms);
            if (degraded) Interlocked.Increment(ref _degraded);
        }

        public void Late(double ms) => _late.Enqueue(ms);

        public void Failed(string why) => _errors.AddOrUpdate(why, 1, (_, count) => count + 1);

        public LoadBenchmarkResult Result(LoadBenchmarkOptions options)
        {
            var (ms, late) = (_ms.Order().ToArray(), _late.Order().ToArray());
            return new(ms.Length + _errors.Values.Sum(), _errors, _degraded, ms.Length / Seconds, At(ms, .5), At(ms, .9), At(ms, .99), At(ms, .999), At(ms, 1), At(late, .99), options, Machine.Here());
        }

        private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
