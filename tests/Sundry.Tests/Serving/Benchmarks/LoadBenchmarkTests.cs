using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>The load against a server whose answers are known.</summary>
public sealed class LoadBenchmarkTests : IDisposable
{
    private static readonly string[] s_users = ["u1", "u2"];
    private static readonly string[] s_items = ["a", "b", "c"];

    private readonly HttpListener _listener = new();
    private readonly List<string> _bodies = [];
    private readonly Uri _url;
    private Func<int, (int Status, string Text)> _answer = _ => (200, """{"id":"r","items":[{"id":"a"}],"degraded":[]}""");
    private int _asked;

    public LoadBenchmarkTests()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        _url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        _listener.Prefixes.Add(_url.ToString());
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public void Dispose() => _listener.Close();

    [Fact]
    public async Task A_closed_loop_counts_good_answers_degraded_ones_and_errors()
    {
        _answer = n => (n % 4) switch
        {
            0 => (503, "{}"),
            1 => (200, """{"id":"r","items":[],"degraded":[]}"""),
            2 => (200, """{"id":"r","items":[{"id":"a"}],"degraded":["fewer_candidates"]}"""),
            _ => (200, """{"id":"r","items":[{"id":"a"}],"degraded":[]}"""),
        };
        _asked = 1;
        var result = await Run(new() { Url = _url, Rate = 0, Clients = 1, Seconds = 0.5, WarmUp = 0 });
        var good = result.Requests - result.Errors["503"] - result.Errors["empty"];
        Assert.True(good > 3, result.ToString());
        Assert.InRange(result.Errors["503"] - result.Errors["empty"], -1, 1);
        Assert.InRange(good - 2 * result.Degraded, -1, 1);
        Assert.True(result.P50Ms <= result.P99Ms && result.P99Ms <= result.MostMs && result.P50Ms > 0);
    }

    [Fact]
    public async Task An_open_loop_sends_what_is_due_and_charges_the_wait_to_the_server()
    {
        // one at a time, 40 ms each: with 50 requests a second due, each is later than the one before
        _answer = _ =>
        {
            new ManualResetEventSlim().Wait(40);
            return (200, """{"id":"r","items":[{"id":"a"}],"degraded":[]}""");
        };
        var result = await Run(new() { Url = _url, Rate = 50, Seconds = 0.6, WarmUp = 0 });
        Assert.Equal(30, result.Requests);
        Assert.Empty(result.Errors);
        Assert.True(result.MostMs > 300, result.ToString());
    }

    [Fact]
    public async Task What_is_asked_is_drawn_from_the_seed()
    {
        await Run(new() { Url = _url, Kind = LoadKind.Rank, Count = 2, Rate = 0, Clients = 1, Seconds = 0.1, WarmUp = 0 });
        string[] first = [.. _bodies.Take(3)];
        foreach (var body in first)
        {
            using var json = JsonDocument.Parse(body);
            Assert.Contains(json.RootElement.GetProperty("user").GetString(), s_users);
            Assert.Equal(2, json.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetString()).Distinct().Count());
        }

        lock (_bodies) _bodies.Clear();
        await Run(new() { Url = _url, Kind = LoadKind.Rank, Count = 2, Rate = 0, Clients = 1, Seconds = 0.1, WarmUp = 0 });
        Assert.Equal(first, _bodies.Take(3));
    }

    [Fact]
    public async Task Every_event_has_an_id_of_its_own()
    {
        _answer = _ => (200, "{}");
        var result = await Run(new() { Url = _url, Kind = LoadKind.Events, Count = 5, Rate = 0, Clients = 2, Seconds = 0.1, WarmUp = 0 });
        Assert.Empty(result.Errors);
        string[] ids = [.. _bodies.SelectMany(b => JsonDocument.Parse(b).RootElement.EnumerateArray().Select(e => e.GetProperty("id").GetString()!).ToArray())];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(0, ids.Length % 5);
    }

    [Fact]
    public async Task A_server_that_refuses_or_is_not_there_is_said_at_once()
    {
        _answer = _ => (401, "who are you?");
        var error = await Assert.ThrowsAsync<InputException>(() => Run(new() { Url = _url }));
        Assert.Contains("401", error.Message, StringComparison.Ordinal);
        _listener.Stop();
        error = await Assert.ThrowsAsync<InputException>(() => Run(new() { Url = _url }));
        Assert.Contains("sundry serve", error.Message, StringComparison.Ordinal);
    }

    private static Task<LoadBenchmarkResult> Run(LoadBenchmarkOptions options) => LoadBenchmark.Run(options, s_users, s_items, TimeProvider.System);

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            lock (_bodies) _bodies.Add(body);
            var (status, text) = _answer(_asked++ is var n && n == 1 ? 3 : n);
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
            context.Response.Close();
        }
    }
}
