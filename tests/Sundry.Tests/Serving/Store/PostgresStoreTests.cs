using Npgsql;
using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class PostgresStoreTests(PostgresServer server) : StoreContract, IClassFixture<PostgresServer>
{
    private static int s_places;

    protected override string TablesSql => "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";

    protected override string NewPlace() => $"{server.Url}?schema=shop_{Interlocked.Increment(ref s_places)}";

    protected override Exception Failure() => new NpgsqlException("the connection was lost", new IOException("reset by peer"));

    [SkippableFact]
    public async Task Servers_follow_each_other()
    {
        var place = NewPlace();
        // so long that only a notification can wake in time
        var slow = new StoreOptions { LookEvery = TimeSpan.FromMinutes(10) };
        var (one, two) = (Open(place, options: slow), Open(place, options: slow));
        await one.Items.Put([("warm", "{}")]);
        for (var i = 0; i < 5; i++)
        {
            var waiting = two.WaitAfter(await two.Position());
            await one.Events.Append([Event("u", $"{i}")]);
            await waiting.WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal($"{i}", (await two.Events.OfUser("u", 1))[0].Event.Id);
        }
    }

    [SkippableFact]
    public async Task No_position_is_seen_before_an_earlier_one()
    {
        const int Servers = 3, Batches = 25;
        var place = NewPlace();
        var stores = Enumerable.Range(0, Servers).Select(_ => Open(place)).ToList();
        using var done = new CancellationTokenSource();
        var reader = Open(place);
        var follower = Task.Run(async () =>
        {
            var (position, pages) = (0L, 0);
            for (var last = false; ; last = done.IsCancellationRequested)
            {
                var page = await reader.Events.After(position, 1000);
                // an event that came later into an earlier place would be missed here
                Assert.Equal(Enumerable.Range(0, page.Count).Select(i => position + 1 + i), page.Select(e => e.Position));
                position += page.Count;
                pages += page.Count > 0 ? 1 : 0;
                if (last) return (position, pages);
            }
        });
        await Task.WhenAll(stores.SelectMany((store, s) => Enumerable.Range(0, 2).Select(w => Task.Run(async () =>
        {
            for (var b = 0; b < Batches; b++) await store.Events.Append([Event("u", $"{s}-{w}-{b}-0"), Event("u", $"{w}-{b}-shared"), Event("u", $"{s}-{w}-{b}-1")]);
        }))));
        await done.CancelAsync();
        var (end, seen) = await follower;
        Assert.Equal(Servers * 2 * Batches * 2 + 2 * Batches, end);
        Assert.True(seen > 1);
        Assert.Equal(end, (await reader.Counts()).Events);
    }

    [SkippableFact]
    public async Task A_server_that_is_gone_comes_back()
    {
        var url = new Uri(server.Url);
        using var wire = new Wire(url.Port);
        var place = $"postgres://{url.UserInfo}@127.0.0.1:{wire.Port}/postgres?schema=shop_{Interlocked.Increment(ref s_places)}";
        var patient = new StoreOptions { Patience = TimeSpan.FromSeconds(1), LookEvery = TimeSpan.FromMilliseconds(50) };
        var store = Open(place, options: patient);
        await store.Events.Append([Event("u", "1")]);

        wire.Cut();
        Assert.True((await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Events.Append([Event("u", "2")]))).RetryAfter > TimeSpan.Zero);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Events.After(0, 9));
        Assert.Throws<StoreUnavailableException>(() => Open(place, options: patient));

        wire.Mend();
        Assert.Equal(EventOutcome.Accepted, (await store.Events.Append([Event("u", "2")]))[0].Outcome);
        Assert.Equal(["1", "2"], (await store.Events.After(0, 9)).Select(e => e.Event.Id));
        var waiting = store.WaitAfter(2);
        await store.Events.Append([Event("u", "3")]);
        Assert.Equal(3, await waiting.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [SkippableFact]
    public async Task A_restarted_server_is_not_noticed()
    {
        var store = New();
        await store.Events.Append([Event("u", "1")]);
        Assert.Single(await store.Events.After(0, 9));
        server.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sundry' AND pid <> pg_backend_pid()");
        Assert.Equal(EventOutcome.Accepted, (await store.Events.Append([Event("u", "2")]))[0].Outcome);
        server.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sundry' AND pid <> pg_backend_pid()");
        Assert.Equal(2, (await store.Events.After(0, 9)).Count);
    }

    [SkippableFact]
    public async Task A_lock_that_is_held_too_long_is_said()
    {
        var place = NewPlace();
        var store = Open(place, options: new() { Patience = TimeSpan.FromSeconds(1) });
        await store.Events.Append([Event("u", "1")]);
        await using var source = NpgsqlDataSource.Create(PostgresUrl.Parse(place).Settings);
        await using (var other = await source.OpenConnectionAsync())
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand("SELECT 1 FROM store FOR UPDATE", other, transaction);
            await command.ExecuteScalarAsync();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Events.Append([Event("u", "2")]));
            Assert.Single(await store.Events.After(0, 9));
        }

        Assert.Equal(EventOutcome.Accepted, (await store.Events.Append([Event("u", "2")]))[0].Outcome);
    }

    [SkippableFact]
    public async Task Servers_may_start_at_the_same_time()
    {
        var place = NewPlace();
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ShopStore.Open(place, new() { Clock = Clock }))));
        foreach (var store in stores) await store.Items.Put([("a", "{}")]);
        Assert.All(stores, s => Assert.Equal(stores[0].Mark("u"), s.Mark("u")));
        foreach (var store in stores) store.Dispose();
    }

    [Theory]
    [InlineData("mysql://host/db", "postgres://user@host/database")]
    [InlineData("postgres://host/db?schem=x", "'schem'")]
    [InlineData("postgres://host/db?schema=a;b", "'a;b'")]
    [InlineData("postgres://host/db?schema=", "''")]
    public void A_place_that_is_not_understood_is_refused(string place, string part)
    {
        Assert.Contains(part, Assert.Throws<InputException>(() => ShopStore.Open(place)).Message, StringComparison.Ordinal);
        Assert.Contains("host", PostgresUrl.Parse("postgres://me:secret@host:99/db").Place, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", PostgresUrl.Parse("postgres://me:secret@host:99/db").Place, StringComparison.Ordinal);
    }
}
