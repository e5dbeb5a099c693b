using Npgsql;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class PostgresFaultTests(PostgresServer server) : FaultContract, IClassFixture<PostgresServer>
{
    protected override IReadOnlyDictionary<string, Func<Exception>> Failures { get; } = new Dictionary<string, Func<Exception>>
    {
        ["a lost connection"] = () => new NpgsqlException("the connection was lost", new IOException("reset by peer")),
        ["a full disk"] = () => new PostgresException("could not extend file: No space left on device", "ERROR", "ERROR", "53100"),
        ["a lock"] = () => new PostgresException("canceling statement due to lock timeout", "ERROR", "ERROR", "55P03"),
    };

    // each makes a connection of its own, which takes a while; the others are tried at all calls at once
    protected override IEnumerable<Func<Exception>> InTurn => [Failures.Values.First()];

    [SkippableFact]
    public async Task A_server_that_is_gone_is_told_and_is_followed_when_it_is_back()
    {
        await using var shop = await Open(new Faults(), new StoreOptions { LookEvery = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(2) });
        for (var round = 0; round < 2; round++)
        {
            var item = (await shop.Ask("POST", "/v1/recommend", """{"user":"u1","count":5,"deadline_ms":60000}""")).Json.GetProperty("items")[0].GetProperty("id").GetString();
            var bought = $$"""{"id":"bought{{round}}","type":"purchase","user":"u1","item":"{{item}}"}""";
            server.Stop();
            await shop.Problem(503, "store_unavailable", "POST", "/v1/events", bought);
            await shop.Problem(503, "store_unavailable", "PUT", "/v1/items/i1", "{\"price\":1}");
            await shop.Problem(503, "store_unavailable", "DELETE", "/v1/users/u9");
            await shop.Problem(503, "store_unavailable", "GET", "/v1/items/i1");
            await Until(async () => (await shop.Ask("GET", "/health/ready")).Status == 503);
            for (var i = 0; i < 20; i++)
            {
                var (status, json, _) = await shop.Ask("POST", "/v1/recommend", $$"""{"user":"u{{i}}","count":5,"deadline_ms":60000}""");
                Assert.Equal((200, 5), (status, json.GetProperty("items").GetArrayLength()));
            }

            server.Start();
            await Until(async () => (await shop.Ask("GET", "/health/ready")).Status == 200);
            Assert.Equal(1, (await shop.Ask("POST", "/v1/events", bought)).Json.GetProperty("accepted").GetInt32());
            Assert.DoesNotContain((await shop.Ask("POST", "/v1/recommend", """{"user":"u1","count":60,"deadline_ms":60000}""")).Json.GetProperty("items").EnumerateArray(), i => i.GetProperty("id").GetString() == item);
            await Whole(shop);
        }
    }

    protected override string NewPlace() => server.NewPlace("faults");

    internal override async Task Intact(ShopStore store)
    {
        // indexes and tables agree
        var counts = await store.Engine.Read("SELECT (SELECT count(DISTINCT id) FROM events), (SELECT count(position) FROM events), (SELECT events FROM store)", r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), default);
        Assert.Equal(counts[0].Item1, counts[0].Item2);
        Assert.Equal(counts[0].Item1, counts[0].Item3);
    }
}
