using System.Data.Common;
using System.Text;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>What every store promises, whatever database is behind it.</summary>
public abstract partial class StoreContract : IDisposable
{
    private readonly List<ShopStore> _open = [];

    internal TestClock Clock { get; } = new();

    /// <summary>A place where no store is yet.</summary>
    protected abstract string NewPlace();

    /// <summary>What the database throws when its disk or its server fails.</summary>
    protected abstract Exception Failure();

    /// <summary>The names of the tables.</summary>
    protected abstract string TablesSql { get; }

    public virtual void Dispose()
    {
        foreach (var store in _open) store.Dispose();
        GC.SuppressFinalize(this);
    }

    internal ShopStore Open(string place, Action<StoreStep>? before = null, StoreOptions? options = null)
    {
        var store = ShopStore.Open(place, (options ?? new()) with { Clock = Clock, Before = before });
        _open.Add(store);
        return store;
    }

    internal ShopStore New(Action<StoreStep>? before = null, StoreOptions? options = null) => Open(NewPlace(), before, options);

    internal EventRecord Event(string user, string? id = null, long ago = 0, string type = "view", string? item = "lamp") => new() { Id = id, Type = type, User = user, Item = item, Time = Clock.Now - ago };

    [SkippableFact]
    public async Task Events_come_back_as_they_were_sent()
    {
        var store = New();
        EventRecord[] events =
        [
            new() { Type = "search", Session = "s1", Time = 0, Text = "" },
            new()
            {
                Id = "π-1", Type = "purchase", User = "Zoë 🦊", Session = "s2", Item = "a\"b'c\\d;--", Time = Clock.Now, Quantity = 0.1, Price = 1e300, Value = -double.Epsilon, Position = 32767,
                Scenario = "home", Recommendation = "r1", Text = "line\nbreak\t\u0001", Context = """{"device":"phone","n":[1,2]}""",
            },
            new() { Id = new string('x', 256), Type = "view", User = "u", Time = 1, Quantity = 0, Price = 0, Value = 0, Position = 0 },
        ];
        var receipts = await store.Events.Append(events);
        Assert.All(receipts, r => Assert.Equal(EventOutcome.Accepted, r.Outcome));
        var stored = await store.Events.After(0, 10);
        Assert.Equal(events[1..], stored.Skip(1).Select(s => s.Event));
        Assert.Equal(events[0] with { Id = receipts[0].Id }, stored[0].Event);
        Assert.Equal(receipts.Select(r => r.Position), stored.Select(s => s.Position));
        Assert.All(stored, s => Assert.Equal(Clock.Now, s.Received));
        Assert.Equal(3, (await store.Counts()).Events);
    }

    [SkippableFact]
    public async Task A_retry_changes_nothing()
    {
        var place = NewPlace();
        EventRecord[] batch = [Event("u", "given"), Event("u"), Event("v"), Event("u"), Event("w", "given")];
        using (var store = Open(place))
        {
            var first = await store.Events.Append(batch);
            Assert.Equal([EventOutcome.Accepted, EventOutcome.Accepted, EventOutcome.Accepted, EventOutcome.Duplicate, EventOutcome.Duplicate], first.Select(r => r.Outcome));
            Assert.Equal(first[1].Id, first[3].Id);
            Assert.Equal(0, first[4].Position);
            Assert.All(await store.Events.Append(batch), r => Assert.Equal(EventOutcome.Duplicate, r.Outcome));
        }

        var again = Open(place);
        var before = await again.Position();
        Assert.All(await again.Events.Append([batch[0] with { Item = "other", Time = 5 }, batch[1]]), r => Assert.Equal(EventOutcome.Duplicate, r.Outcome));
        Assert.Equal(["u", "u", "v"], (await again.Events.After(0, 10)).Select(e => e.Event.User));
        Assert.Equal("lamp", (await again.Events.After(0, 1))[0].Event.Item);
        var next = await again.Events.Append([Event("x")]);
        Assert.True(next[0].Position > before);
        Assert.Equal(4, (await again.Counts()).Events);
    }

    [SkippableFact]
    public async Task Every_event_is_answered_for_itself()
    {
        var store = New();
        var receipts = await store.Events.Append([Event("u"), Event("u", type: "vieew"), Event("u", ago: -600_000), Event("u", ago: -200_000), Event("v", "bad") with { Quantity = -1 }]);
        Assert.Equal([EventOutcome.Accepted, EventOutcome.Refused, EventOutcome.Refused, EventOutcome.Accepted, EventOutcome.Refused], receipts.Select(r => r.Outcome));
        Assert.Contains("did you mean 'view'", receipts[1].Reason, StringComparison.Ordinal);
        Assert.Contains("future", receipts[2].Reason, StringComparison.Ordinal);
        Assert.Contains("quantity -1", receipts[4].Reason, StringComparison.Ordinal);
        Assert.Equal("bad", receipts[4].Id);
        Assert.Equal(2, (await store.Events.After(0, 10)).Count);
        Assert.Empty(await store.Events.Append([]));
        Assert.All(await store.Events.Append([Event("u", type: "nonsense")]), r => Assert.Equal(EventOutcome.Refused, r.Outcome));
        await Assert.ThrowsAsync<InputException>(() => store.Events.Append(new EventRecord[StoredEvents.MostPerBatch + 1]));
    }

    [SkippableFact]
    public async Task Many_writers_and_a_follower_agree()
    {
        const int Writers = 6, Batches = 15, Size = 7;
        var store = New();
        var followed = new List<long>();
        using var done = new CancellationTokenSource();
        var follower = Task.Run(async () =>
        {
            var position = 0L;
            for (var last = false; ; last = done.IsCancellationRequested)
            {
                await foreach (var page in store.Events.Pages(position, 10)) followed.AddRange(page.Select(e => position = e.Position));
                if (last) return;
            }
        });
        var receipts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var mine = new List<EventReceipt>();
            for (var b = 0; b < Batches; b++) mine.AddRange(await store.Events.Append([.. Enumerable.Range(0, Size).Select(i => Event($"u{w}", $"{w}-{b}-{i}"))]));
            return mine;
        })));
        await done.CancelAsync();
        await follower;
        Assert.All(receipts.SelectMany(r => r), r => Assert.Equal(EventOutcome.Accepted, r.Outcome));
        Assert.Equal(Enumerable.Range(1, Writers * Batches * Size).Select(i => (long)i), followed);
        Assert.Equal(followed, receipts.SelectMany(r => r).Select(r => r.Position).Order());
        foreach (var mine in receipts) Assert.Equal(mine.Select(r => r.Position).Order(), mine.Select(r => r.Position));
    }

    [SkippableFact]
    public async Task A_users_events_are_read_newest_first()
    {
        var store = New();
        await store.Events.Append([.. Enumerable.Range(0, 10).Select(i => Event(i % 2 == 0 ? "u" : "v", $"e{i}")), new() { Id = "anonymous", Type = "view", Session = "s", Time = 1 }, Event("u", "known") with { Session = "s" }]);
        var page = await store.Events.OfUser("u", 3);
        Assert.Equal(["known", "e8", "e6"], page.Select(e => e.Event.Id));
        Assert.Equal(["e4", "e2", "e0"], (await store.Events.OfUser("u", 9, page[^1].Position)).Select(e => e.Event.Id));
        Assert.Equal(["anonymous"], (await store.Events.OfVisit("s", 9)).Select(e => e.Event.Id));
        Assert.Empty(await store.Events.OfUser("nobody", 9));
    }

    [SkippableFact]
    public async Task Items_are_put_patched_and_deleted()
    {
        var store = New();
        Assert.Equal(2, await store.Items.Put([("a", """{ "price": 3.50, "stock": 1 }"""), ("b", "{}")]));
        var position = await store.Position();
        Assert.Equal(1, await store.Items.Put([("a", """{"price":3.50,"stock":1}"""), ("b", """{"x":"é"}""")]));
        Assert.Equal(["b"], (await store.Items.After(position, 10)).Select(i => i.Id));
        Assert.Equal("""{"price":3.50,"tags":{"new":true}}""", (await store.Items.Patch("a", """{"stock":null,"tags":{"new":true}}"""))!.Attributes);
        Assert.Equal("""{"price":3.50,"tags":{"old":1}}""", (await store.Items.Patch("a", """{"tags":{"new":null,"old":1}}"""))!.Attributes);
        Assert.Null(await store.Items.Patch("missing", "{}"));
        Assert.True(await store.Items.Delete("b"));
        Assert.False(await store.Items.Delete("b"));
        Assert.Null(await store.Items.Get("b"));
        Assert.Null(await store.Items.Patch("b", "{}"));
        Assert.Equal([("a", false), ("b", true)], (await store.Items.After(0, 10)).Select(i => (i.Id, i.Attributes is null)));
        Assert.Equal(1, (await store.Counts()).Items);
        foreach (var wrong in new[] { "[]", "{", "1", """{"a":1,"a":2}""", "{\"a\":\"\0\"}" })
            await Assert.ThrowsAsync<InputException>(() => store.Items.Put([("c", "{}"), ("d", wrong)]));
        Assert.Null(await store.Items.Get("c"));
    }

    [SkippableFact]
    public async Task A_catalogue_is_put_at_once_and_read_in_pages()
    {
        var store = New();
        Assert.Equal(1200, await store.Items.Put([.. Enumerable.Range(0, 1200).Select(i => ($"i{i:d4}", $$"""{"n":{{i}}}"""))]));
        var (read, position) = (new List<string>(), 0L);
        while (await store.Items.After(position, 500) is [.., var last] page)
        {
            read.AddRange(page.Select(i => i.Id));
            position = last.Position;
        }

        Assert.Equal(Enumerable.Range(0, 1200).Select(i => $"i{i:d4}"), read);
    }

    [SkippableFact]
    public async Task Friendships_have_no_direction()
    {
        var store = New();
        Assert.Equal(2, await store.Friends.Put([("b", "a"), ("a", "b"), ("a", "c")]));
        Assert.Equal(["b", "c"], (await store.Friends.Of("a")).Order(StringComparer.Ordinal));
        // whoever has friends is a user, if an undescribed one, known from then on
        Assert.Null(await store.Users.Get("a"));
        var users = await store.Users.RowsAfter(0, 9, default);
        Assert.Equal(["a", "b", "c"], users.Select(u => u.Id).Order(StringComparer.Ordinal));
        Assert.All(users, u => Assert.Null(u.Attributes));
        Assert.Equal(1, await store.Users.Put([("c", "{}")]));
        Assert.Equal(users.Single(u => u.Id == "c").First, (await store.Users.RowsAfter(0, 9, default)).Single(u => u.Id == "c").First);
        Assert.Equal(["a"], await store.Friends.Of("b"));
        Assert.Equal(1, await store.Friends.Put([("b", "a")], removed: true));
        Assert.Equal(0, await store.Friends.Put([("a", "b")], removed: true));
        Assert.Equal(["c"], await store.Friends.Of("a"));
        Assert.Equal([("a", "c", false), ("a", "b", true)], (await store.Friends.After(0, 9)).Select(f => (f.User, f.Friend, f.Removed)));
        await Assert.ThrowsAsync<InputException>(() => store.Friends.Put([("x", "y"), ("z", "z")]));
        Assert.Empty(await store.Friends.Of("x"));
    }

    [SkippableFact]
    public async Task Documents_count_their_versions()
    {
        var store = New();
        Assert.Equal(1, (await store.Documents.Put("rule", "pins", """{"pin":["a"]}""", expected: 0))!.Version);
        Assert.Null(await store.Documents.Put("rule", "pins", "{}", expected: 0));
        Assert.Equal(2, (await store.Documents.Put("rule", "pins", "{}", expected: 1))!.Version);
        Assert.Null(await store.Documents.Put("rule", "pins", "{}", expected: 1));
        Assert.Equal(1, (await store.Documents.Put("scenario", "pins", "{}"))!.Version);
        Assert.Equal(["pins"], (await store.Documents.List("rule")).Select(d => d.Name));
        Assert.False(await store.Documents.Delete("rule", "pins", expected: 1));
        Assert.True(await store.Documents.Delete("rule", "pins", expected: 2));
        Assert.Null(await store.Documents.Get("rule", "pins"));
        Assert.False(await store.Documents.Delete("rule", "pins"));
        Assert.Equal(4, (await store.Documents.Put("rule", "pins", "{}", expected: 0))!.Version);
        Assert.Equal(["scenario", "rule"], (await store.Documents.After(0)).Select(d => d.Kind));
    }

    [SkippableFact]
    public async Task Keys_open_until_they_are_revoked()
    {
        var store = New();
        var (key, text) = await store.Keys.Create("shop", KeyScopes.Ingest | KeyScopes.Read);
        var (other, _) = await store.Keys.Create("people", KeyScopes.Admin);
        Assert.Equal(key, await store.Keys.Find(text));
        Assert.Null(await store.Keys.Find(text[..^1] + (text[^1] == 'A' ? 'B' : 'A')));
        Assert.Null(await store.Keys.Find(text.Replace(key.Id, other.Id, StringComparison.Ordinal)));
        foreach (var wrong in new[] { "", "sundry_", "sundry_0123456789ab_x", "x", "sundry_" + key.Id, new string('s', 5000) }) Assert.Null(await store.Keys.Find(wrong));
        Assert.True(await store.Keys.Revoke(key.Id));
        Assert.False(await store.Keys.Revoke(key.Id));
        Assert.Null(await store.Keys.Find(text));
        Assert.Equal([true, false], (await store.Keys.List()).OrderByDescending(k => k.Name, StringComparer.Ordinal).Select(k => k.Revoked is not null));
        Assert.Empty(await Rows(store, text.Split('_')[2]));
        await Assert.ThrowsAsync<InputException>(() => store.Keys.Create("nothing", KeyScopes.None));
    }

    [SkippableFact]
    public async Task Answers_expire()
    {
        var store = New();
        await store.Answers.Put(new("r1", "u", "s", """{"items":[1]}"""), TimeSpan.FromMinutes(1));
        await store.Answers.Put(new("r2", null, null, "{}"), TimeSpan.FromMinutes(3));
        Assert.Equal(new("r1", "u", "s", """{"items":[1]}"""), await store.Answers.Get("r1"));
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await store.Answers.Get("r1"));
        Assert.NotNull(await store.Answers.Get("r2"));
        Assert.Equal(2, (await store.Counts()).Answers);
        Assert.Equal(1, await store.Expire());
        Assert.Equal(1, (await store.Counts()).Answers);
    }

    [SkippableFact]
    public async Task Checkpoints_are_whole_or_not_there()
    {
        var store = New();
        Assert.Null(await store.Checkpoints.Latest("state"));
        var bytes = new byte[(5 << 19) + 17];
        new Random(1).NextBytes(bytes);
        for (var position = 1; position <= 3; position++)
        {
            bytes[0] = (byte)position;
            Assert.True(await store.Checkpoints.Save("state", position, new MemoryStream(bytes)));
        }

        Assert.True(await store.Checkpoints.Save("empty", 9, Stream.Null));
        Assert.Equal(0, (await store.Checkpoints.Latest("empty"))!.Length);
        var latest = await store.Checkpoints.Latest("state");
        Assert.Equal((3, bytes.Length), (latest!.Position, latest.Length));
        using var copy = new MemoryStream();
        await store.Checkpoints.Copy(latest, copy);
        Assert.Equal(bytes, copy.ToArray());

        // a part that a disk spoiled: the one before it is still right, and the one before that was dropped
        await store.Engine.Write(s => s.Execute("UPDATE checkpoint_parts SET crc = crc + 1 WHERE checkpoint = @id AND part = 1", ("@id", latest.Id)));
        Assert.Equal(2, (await store.Checkpoints.Latest("state"))!.Position);
        await Assert.ThrowsAsync<InvalidDataException>(() => store.Checkpoints.Copy(latest, Stream.Null));
        await store.Engine.Write(s => s.Execute("DELETE FROM checkpoint_parts WHERE part = 2"));
        Assert.Null(await store.Checkpoints.Latest("state"));
    }

    [SkippableFact]
    public async Task A_checkpoint_that_was_never_finished_is_dropped()
    {
        var store = New();
        await store.Engine.Write(s => s.Execute("INSERT INTO checkpoints (id, name, position, created, length, complete) VALUES (77, 'state', 1, @now, 0, 0)", ("@now", s.Now)));
        await store.Engine.Write(s => s.Execute("INSERT INTO checkpoint_parts (checkpoint, part, crc, content) VALUES (77, 0, 0, @b)", ("@b", new byte[] { 1 })));
        Assert.Null(await store.Checkpoints.Latest("state"));
        await store.Expire();
        Assert.Single(await Rows(store, "state"));
        Clock.Advance(TimeSpan.FromHours(2));
        await store.Expire();
        Assert.Empty(await Rows(store, "state"));
    }

    [SkippableFact]
    public async Task Followers_are_woken()
    {
        var store = New(options: new() { LookEvery = TimeSpan.FromMinutes(5) });
        var waiting = store.WaitAfter(0);
        await store.Keys.Create("no position", KeyScopes.Read);
        Assert.False(waiting.IsCompleted);
        await store.Items.Put([("a", "{}")]);
        Assert.Equal(1, await waiting.WaitAsync(TimeSpan.FromMinutes(1)));
        using var stop = new CancellationTokenSource();
        var never = store.WaitAfter(1, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
    }

    /// <summary>The rows of all tables in which a text stands, as text or as bytes.</summary>
    internal async Task<List<string>> Rows(ShopStore store, string text)
    {
        var found = new List<string>();
        foreach (var table in await store.Engine.Read(TablesSql, r => r.GetString(0), default))
        {
            var rows = await store.Engine.Read($"SELECT * FROM {table}", Holds, default);
            found.AddRange(rows.Where(r => r).Select(_ => table));
        }

        return found;

        bool Holds(DbDataReader row)
        {
            for (var i = 0; i < row.FieldCount; i++)
            {
                var value = row.GetValue(i);
                if (value is string s && s.Contains(text, StringComparison.Ordinal)) return true;
                if (value is byte[] b && b.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0) return true;
            }

            return false;
        }
    }
}
