using Microsoft.Data.Sqlite;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class FaultTests : FaultContract, IDisposable
{
    // in memory where that can be had: what is tested here is not the disk's speed
    private readonly string _folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory("/dev/shm/" + Path.GetFileName(Directory.CreateTempSubdirectory("sundry-faults-").FullName)).FullName
        : Directory.CreateTempSubdirectory("sundry-faults-").FullName;

    protected override IReadOnlyDictionary<string, Func<Exception>> Failures { get; } = new Dictionary<string, Func<Exception>>
    {
        ["a full disk"] = () => new SqliteException("database or disk is full", 13),
        ["an I/O error"] = () => new SqliteException("disk I/O error", 10),
        ["a lock"] = () => new SqliteException("database is locked", 5),
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_that_another_program_has_locked_is_said_to_be()
    {
        var place = NewPlace();
        await using var shop = new HttpShop { Place = place, Store = new StoreOptions { Patience = TimeSpan.FromMilliseconds(50) }, Options = new HttpOptions { Open = true } };
        await shop.InitializeAsync();
        await using (var other = new SqliteConnection($"Data Source={place};Pooling=False"))
        {
            other.Open();
            Run(other, "BEGIN IMMEDIATE");
            var problem = await shop.Problem(503, "store_unavailable", "PUT", "/v1/items/i1", "{\"price\":1}");
            Assert.Contains("locked", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Equal(200, (await shop.Ask("POST", "/v1/recommend", "{\"user\":\"u1\"}")).Status);
            Assert.Equal(200, (await shop.Ask("GET", "/health/ready")).Status);
            Run(other, "ROLLBACK");
        }

        Assert.Equal(200, (await shop.Ask("PUT", "/v1/items/i1", "{\"price\":1}")).Status);
        await Whole(shop);
    }

    [Fact]
    public async Task A_file_that_may_grow_no_more_takes_nothing_until_it_may()
    {
        await using var shop = await Open(new Faults());
        await shop.Shop.Store.Engine.Write(s => s.List("PRAGMA max_page_count = 150", r => r.GetInt64(0)));
        var (status, told) = (200, 0);
        for (; status == 200 && told < 10_000; told++)
            status = (await shop.Ask("POST", "/v1/events", $$"""{"id":"much{{told}}","type":"search","user":"u1","text":"{{new string('x', 5_000)}}"}""")).Status;
        Assert.Equal(503, status);
        var problem = await shop.Problem(503, "store_unavailable", "PUT", "/v1/items/large", $$"""{"text":"{{new string('x', 50_000)}}"}""");
        Assert.Contains("full", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await shop.Ask("POST", "/v1/recommend", "{\"user\":\"u1\"}")).Status);
        Assert.Equal(200, (await shop.Ask("GET", "/health/ready")).Status);
        // an answer that is written in the same commit may not fit yet
        await Until(async () =>
        {
            try
            {
                await shop.Shop.Store.Engine.Write(s => s.List("PRAGMA max_page_count = 1000000", r => r.GetInt64(0)));
                return true;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        });
        Assert.Equal(200, (await shop.Ask("PUT", "/v1/items/large", "{\"text\":\"there is room\"}")).Status);
        await Whole(shop);
    }

    protected override string NewPlace() => Path.Combine(_folder, $"{Guid.CreateVersion7():N}.db");

    internal override async Task Intact(ShopStore store) => Assert.Equal(["ok"], await store.Engine.Read("PRAGMA integrity_check", r => r.GetString(0), default));

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
