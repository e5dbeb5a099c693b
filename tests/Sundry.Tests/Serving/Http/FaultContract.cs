using System.Text.Json;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>What a shop promises while its store fails, seen from outside, whatever database is behind it.</summary>
public abstract class FaultContract
{
    private static readonly Call[] s_writes =
    [
        new("POST", _ => "/v1/events", n => $$"""[{"id":"f{{n}}-1","type":"click","user":"u1","item":"i2"},{"id":"f{{n}}-2","type":"view","user":"somebody","item":"i3"}]"""),
        new("PUT", _ => "/v1/items/put", n => $$"""{"price":{{n + 1}},"category":"c0"}"""),
        new("PATCH", _ => "/v1/items/i5", n => $$"""{"stock":{{n + 1}} }"""),
        new("DELETE", n => $"/v1/items/gone{n}") { Before = new("PUT", n => $"/v1/items/gone{n}", _ => "{}") },
        new("POST", _ => "/v1/items:bulk", n => $$"""{"id":"bulk","attributes":{"price":{{n + 1}} } }""" + "\n" + """{"id":"i6","patch":{"stock":7}}""" + "\n" + """{"id":"bulk","delete":true}""") { Type = "application/x-ndjson" },
        new("PUT", _ => "/v1/users/u2", n => $$"""{"age":{{n + 1}},"region":"r1"}"""),
        new("PATCH", _ => "/v1/users/u3", n => $$"""{"age":{{n + 1}} }"""),
        new("DELETE", n => $"/v1/users/gone{n}") { Before = new("POST", _ => "/v1/events", n => $$"""{"id":"g{{n}}","type":"click","user":"gone{{n}}","item":"i2"}""") },
        new("PUT", _ => "/v1/rules/fault", n => $$"""{"filters":["price > {{n + 10_000}}"]}"""),
        new("DELETE", n => $"/v1/scenarios/gone{n}") { Before = new("PUT", n => $"/v1/scenarios/gone{n}", _ => """{"candidates":50}""") },
        new("POST", _ => "/v1/keys", n => $$"""{"name":"k{{n}}","scopes":["read"]}"""),
    ];

    // what needs no more of the store than is in memory
    private static readonly Call[] s_answers =
    [
        new("POST", _ => "/v1/recommend", n => $$"""{"user":"u{{n % 20}}","session":"s{{n}}","count":5,"deadline_ms":60000}"""),
        new("POST", _ => "/v1/recommend:batch", n => $$"""{"requests":[{"user":"u{{n % 20}}","deadline_ms":60000},{"deadline_ms":60000}]}"""),
        new("POST", _ => "/v1/rank", n => $$"""{"user":"u{{(n + 7) % 20}}","items":["i1","i2","i3"],"deadline_ms":60000}"""),
        new("POST", _ => "/v1/search", _ => """{"query":"lamp","count":3,"deadline_ms":60000}"""),
        new("GET", _ => "/v1/items/i1/similar"),
        new("GET", _ => "/health/live"),
        new("GET", _ => "/openapi.json"),
        new("GET", _ => "/metrics"),
    ];

    // what looks into it
    private static readonly Call[] s_reads =
    [
        new("GET", _ => "/v1/items/i1"), new("GET", _ => "/v1/users/u1"), new("GET", _ => "/v1/scenarios"), new("GET", _ => "/v1/rules"), new("GET", _ => "/v1/keys"),
    ];

    private int _number;

    /// <summary>A place where no store is yet.</summary>
    protected abstract string NewPlace();

    /// <summary>What the database throws when it fails in one way or another, by name.</summary>
    protected abstract IReadOnlyDictionary<string, Func<Exception>> Failures { get; }

    /// <summary>Those that are tried at each call in turn.</summary>
    protected virtual IEnumerable<Func<Exception>> InTurn => Failures.Values;

    /// <summary>Asserts that the database's own check finds nothing.</summary>
    internal abstract Task Intact(ShopStore store);

    [SkippableFact]
    public async Task A_fault_at_any_call_of_the_database_is_told_and_passes()
    {
        var faults = new Faults();
        await using var shop = await Open(faults);
        var told = 0;
        foreach (var failure in InTurn)
        {
            foreach (var call in s_writes)
            {
                for (var failing = 1; ; failing++)
                {
                    Assert.True(failing < 200);
                    var number = await Prepare(shop, call);
                    faults.Once(failing, step => step != StoreStep.Read, failure);
                    var done = await Do(shop, call, number);
                    if (!done)
                    {
                        told++;
                        await Answered(shop, number);
                    }

                    var reached = faults.End();
                    // whatever is sent again is done, or was
                    if (!done) Assert.True(await Do(shop, call, number, again: true), $"{call.Method} {call.Path(number)}");
                    await Ready(shop, call);
                    if (!reached) break;
                }
            }
        }

        Assert.True(told > s_writes.Length * InTurn.Count(), "hardly anything failed");
        await Whole(shop);
    }

    [SkippableFact]
    public async Task A_fault_at_any_read_is_told_or_done_without()
    {
        var faults = new Faults();
        await using var shop = await Open(faults);
        var (told, less) = (0, 0);
        foreach (var call in (Call[])[.. s_writes, .. s_answers, .. s_reads])
        {
            for (var failing = 1; ; failing++)
            {
                Assert.True(failing < 200);
                var number = await Prepare(shop, call);
                // whoever follows the store tries again after the time that the failure names
                faults.Once(failing, step => step == StoreStep.Read, () => new StoreUnavailableException("the store cannot be read", TimeSpan.FromMilliseconds(20), Failures.Values.First()()));
                var (status, json, answer) = await Send(shop, call, number);
                var reached = faults.End();
                if (s_answers.Contains(call)) Assert.True(status == 200, $"{call.Method} {call.Path(number)} ended with {status}");
                if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("degraded", out var degraded) && degraded.EnumerateArray().Any(d => d.GetString() == "no_history")) less++;
                if (status == 503)
                {
                    told++;
                    Told(json, answer);
                    Assert.True(await Do(shop, call, number, again: true));
                }

                await Ready(shop, call);
                if (!reached) break;
            }
        }

        Assert.True(told > 0);
        Assert.True(less > 0, "no answer was made without what the store would have said");
        await Whole(shop);
    }

    [SkippableFact]
    public async Task While_nothing_can_be_written_all_reads_go_on()
    {
        var faults = new Faults();
        await using var shop = await Open(faults);
        foreach (var (name, failure) in Failures)
        {
            var numbers = new List<int>();
            foreach (var call in s_writes) numbers.Add(await Prepare(shop, call));
            faults.Always(step => step != StoreStep.Read, failure);
            foreach (var (call, number) in s_writes.Zip(numbers))
            {
                Assert.False(await Do(shop, call, number), $"{call.Method} {call.Path(number)} was done in spite of: {name}");
                await Answered(shop, number);
                // answers know all that was acknowledged: there is no reason to send requests elsewhere
                Assert.Equal(200, (await shop.Ask("GET", "/health/ready")).Status);
            }

            foreach (var read in (Call[])[.. s_answers, .. s_reads]) Assert.Equal(200, (await Send(shop, read, _number)).Status);
            faults.End();
            foreach (var (call, number) in s_writes.Zip(numbers)) Assert.True(await Do(shop, call, number, again: true), $"{call.Method} {call.Path(number)} after: {name}");
        }

        await Whole(shop);
    }

    [SkippableFact]
    public async Task While_nothing_can_be_read_answers_go_on_and_readiness_says_so()
    {
        var faults = new Faults();
        await using var shop = await Open(faults, new StoreOptions { LookEvery = TimeSpan.FromMilliseconds(20) }, new HttpOptions { Open = true, TimeoutSeconds = 1 });
        var shown = (await shop.Ask("POST", "/v1/recommend", """{"user":"u1","count":5,"deadline_ms":60000}""")).Json.GetProperty("items")[0].GetProperty("id").GetString();
        var bought = $$"""{"id":"bought","type":"purchase","user":"u1","item":"{{shown}}"}""";
        faults.Always(step => step == StoreStep.Read, Failures.Values.First());
        await Until(async () => (await shop.Ask("GET", "/health/ready")).Status == 503);
        var (_, ready, answer) = await shop.Ask("GET", "/health/ready");
        Assert.Equal("urn:sundry:problem:following", ready.GetProperty("type").GetString());
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        foreach (var call in s_answers) Assert.Equal(200, (await Send(shop, call, 1)).Status);
        foreach (var call in s_reads.Where(c => c.Path(0) is "/v1/items/i1" or "/v1/users/u1" or "/v1/keys")) Assert.False(await Do(shop, call, 1));
        // what this server commits it knows without reading it
        Assert.Equal(200, (await shop.Ask("POST", "/v1/events", bought)).Status);
        faults.End();
        await Until(async () => (await shop.Ask("GET", "/health/ready")).Status == 200);
        Assert.DoesNotContain((await shop.Ask("POST", "/v1/recommend", """{"user":"u1","count":60,"deadline_ms":60000}""")).Json.GetProperty("items").EnumerateArray(), i => i.GetProperty("id").GetString() == shown);
        await Whole(shop);
    }

    [SkippableFact]
    public async Task A_slow_disk_holds_up_nothing_but_writes()
    {
        using var slow = new ManualResetEventSlim(true);
        using var reached = new SemaphoreSlim(0);
        await using var shop = await Open(new Faults(), new StoreOptions
        {
            LookEvery = TimeSpan.FromHours(1),
            Before = step =>
            {
                if (step != StoreStep.Commit || slow.IsSet) return;
                reached.Release();
                slow.Wait();
            },
        });
        foreach (var call in s_writes)
        {
            var number = await Prepare(shop, call);
            slow.Reset();
            var writing = Task.Run(() => Do(shop, call, number));
            await reached.WaitAsync();
            foreach (var read in (Call[])[.. s_answers, .. s_reads]) Assert.Equal(200, (await Send(shop, read, number)).Status);
            Assert.Equal(200, (await shop.Ask("GET", "/health/ready")).Status);
            Assert.False(writing.IsCompleted);
            slow.Set();
            Assert.True(await writing);
        }

        await Whole(shop);
    }

    /// <summary>A shop that looks by itself so seldom that reads are those of the calls.</summary>
    internal async Task<HttpShop> Open(Faults faults, StoreOptions? store = null, HttpOptions? http = null)
    {
        store ??= new StoreOptions { LookEvery = TimeSpan.FromHours(1) };
        var shop = new HttpShop
        {
            Place = NewPlace(),
            Store = store with { Before = store.Before ?? faults.Step },
            Options = http ?? new HttpOptions { Open = true },
            Serve = AnswerShop.Patient with { Live = new LiveOptions { RestAfterFault = TimeSpan.FromMilliseconds(20) } },
        };
        await shop.InitializeAsync();
        return shop;
    }

    /// <summary>Asserts that all is as it should be: the database, and the state that answers read.</summary>
    internal async Task Whole(HttpShop shop)
    {
        var (store, live) = (shop.Shop.Store, shop.Shop.Server.Live);
        await Intact(store);
        var events = await store.Events.After(0, 1_000_000);
        Assert.Equal((await store.Counts()).Events, events.Count);
        Assert.Equal(events.Count, events.Select(e => e.Event.Id).Distinct().Count());
        // categories have changed and users were forgotten
        await live.Rebuild();
        await using var other = await LiveShop.Open(store, null, new LiveOptions { CheckpointEvery = TimeSpan.Zero });
        await live.Reach(other.Position);
        Assert.Equal(ToyShop.Bytes(other.Now), ToyShop.Bytes(live.Now));
    }

    internal static async Task Until(Func<Task<bool>> there)
    {
        for (var i = 0; i < 6_000 && !await there(); i++) await Task.Delay(20);
        Assert.True(await there());
    }

    // a write is done, or told to be tried later
    internal static async Task<bool> Do(HttpShop shop, Call call, int number, bool again = false)
    {
        var (status, json, answer) = await Send(shop, call, number);
        var text = await answer.Content.ReadAsStringAsync();
        if (status == 503)
        {
            Told(json, answer);
            return false;
        }

        Assert.True(status is 200 or 201 or 204 || (again && status == 404), $"{call.Method} {call.Path(number)} ended with {status}: {text}");
        return !text.Contains("\"unavailable\"", StringComparison.Ordinal);
    }

    private static void Told(JsonElement problem, HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("urn:sundry:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal(503, problem.GetProperty("status").GetInt32());
        Assert.NotEqual("", problem.GetProperty("mend").GetString());
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
    }

    private static async Task Answered(HttpShop shop, int number)
    {
        var (status, json, _) = await Send(shop, s_answers[0], number);
        Assert.Equal(200, status);
        Assert.Equal(5, json.GetProperty("items").GetArrayLength());
    }

    private static async Task Ready(HttpShop shop, Call call)
    {
        // asked once: what was begun in the background may fail, and be begun again, right after this answer
        for (var i = 0; i < 6_000; i++)
        {
            if ((await shop.Ask("GET", "/health/ready")).Status == 200) return;
            await Task.Delay(20);
        }

        Assert.Fail($"not ready after {call.Method} {call.Path(0)}: {shop.Shop.Server.Live.Fault}");
    }

    private async Task<int> Prepare(HttpShop shop, Call call)
    {
        var number = _number++;
        if (call.Before is { } before) Assert.True(await Do(shop, before, number));
        return number;
    }

    private static Task<(int Status, JsonElement Json, HttpResponseMessage Answer)> Send(HttpShop shop, Call call, int number) => shop.Ask(call.Method, call.Path(number), call.Body(number), call.Type);

    /// <summary>A call of the interface, with names that no other has.</summary>
    internal sealed record Call(string Method, Func<int, string> Path, Func<int, string?> Body)
    {
        public Call(string method, Func<int, string> path)
            : this(method, path, _ => null)
        {
        }

        public string Type { get; init; } = "application/json";

        /// <summary>What must be there first.</summary>
        public Call? Before { get; init; }
    }

    /// <summary>Lets calls of the database fail.</summary>
    internal sealed class Faults
    {
        private readonly Lock _lock = new();
        private Func<StoreStep, bool>? _where;
        private Func<Exception>? _failure;
        private int _failing;
        private int _steps;

        /// <summary>From now on the one of this number, from 1.</summary>
        public void Once(int failing, Func<StoreStep, bool> where, Func<Exception> failure)
        {
            lock (_lock) (_failing, _steps, _where, _failure) = (failing, 0, where, failure);
        }

        /// <summary>From now on all.</summary>
        public void Always(Func<StoreStep, bool> where, Func<Exception> failure) => Once(0, where, failure);

        /// <summary>None any more.</summary>
        /// <returns>Whether one failed.</returns>
        public bool End()
        {
            lock (_lock)
            {
                _where = null;
                return _steps >= _failing;
            }
        }

        public void Step(StoreStep step)
        {
            lock (_lock)
            {
                if (_where is null || !_where(step) || (++_steps != _failing && _failing > 0)) return;
                throw _failure!();
            }
        }
    }
}
