using Microsoft.Data.Sqlite;
using Sundry.Data;
using Sundry.Serving;
using Sundry.Tests.House;

namespace Sundry.Tests;

public sealed class StoreMigrationsTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_file_of_version_1_is_brought_forward()
    {
        using var folder = new TemporaryFolder();
        var place = folder.Path("shop.db");
        File.Copy(Checkout.Of("tests", "Sundry.Tests", "Golden", "store_v1.db"), place);
        await HoldsWhatVersion1Wrote(place);
        // and once more, with nothing left to do
        await HoldsWhatVersion1Wrote(place);
    }

    [SkippableFact]
    public async Task A_schema_of_version_1_is_brought_forward()
    {
        var place = server.Url + "?schema=version_1";
        using (var old = ShopStore.Open(place, new() { Version = 1 })) await Version1(old);
        await HoldsWhatVersion1Wrote(place);
    }

    [Fact]
    public async Task Every_version_comes_to_the_same_tables()
    {
        using var folder = new TemporaryFolder();
        var (whole, steps) = (folder.Path("whole.db"), folder.Path("steps.db"));
        ShopStore.Open(whole).Dispose();
        for (var version = 1; version <= StoreMigrations.Newest; version++) ShopStore.Open(steps, new() { Version = version }).Dispose();
        using var one = ShopStore.Open(whole);
        using var other = ShopStore.Open(steps);
        Assert.Equal(await Tables(one), await Tables(other));
    }

    [Fact]
    public void A_store_of_a_later_version_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        var place = folder.Path("shop.db");
        ShopStore.Open(place).Dispose();
        using (var connection = new SqliteConnection($"Data Source={place};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE store SET version = 99";
            command.ExecuteNonQuery();
        }

        Assert.Contains("version 99", Assert.Throws<InputException>(() => ShopStore.Open(place)).Message, StringComparison.Ordinal);
    }

    /// <summary>What a store of version 1 can hold: the golden file was written by this.</summary>
    private static async Task Version1(ShopStore store)
    {
        await store.Events.Append(
        [
            new() { Id = "e1", Type = "purchase", User = "u", Session = "s", Item = "lamp", Time = 1_700_000_000_000, Quantity = 2, Price = 9.5, Scenario = "cart", Context = "{\"a\":1}" },
            new() { Type = "view", User = "v", Item = "lamp", Time = 1_700_000_000_001 },
        ]);
        await store.Items.Put([("lamp", """{"price":9.5}"""), ("gone", "{}")]);
        await store.Items.Delete("gone");
        await store.Users.Put([("u", """{"country":"NL"}""")]);
        await store.Friends.Put([("u", "v")]);
        await store.Documents.Put("rule", "pins", """{"pin":["lamp"]}""");
    }

    private static async Task HoldsWhatVersion1Wrote(string place)
    {
        using var store = ShopStore.Open(place);
        Assert.Equal([StoreMigrations.Newest], await store.Engine.Read("SELECT version FROM store", r => r.GetInt32(0), default));
        Assert.Equal(["u", "v"], (await store.Events.After(0, 9)).Select(e => e.Event.User));
        Assert.Equal(9.5, (await store.Events.After(0, 1))[0].Event.Price);
        // an id that version 1 derived is the one that is derived today
        var again = await store.Events.Append([new() { Id = "e1", Type = "view", User = "x", Time = 1 }, new() { Type = "view", User = "v", Item = "lamp", Time = 1_700_000_000_001 }]);
        Assert.All(again, r => Assert.Equal(EventOutcome.Duplicate, r.Outcome));
        Assert.Equal([("lamp", """{"price":9.5}"""), ("gone", null)], (await store.Items.After(0, 9)).Select(i => (i.Id, i.Attributes)));
        Assert.Equal("""{"country":"NL"}""", (await store.Users.Get("u"))!.Attributes);
        Assert.Equal(["v"], await store.Friends.Of("u"));
        Assert.Equal(1, (await store.Documents.Get("rule", "pins"))!.Version);
        Assert.True(await store.Checkpoints.Save("state", await store.Position(), new MemoryStream([1])));
        await store.Answers.Put(new("r", "u", null, "{}"), TimeSpan.FromDays(1));
        Assert.NotNull(await store.Answers.Get("r"));
        Assert.Equal(16, store.Mark("u").Length);
    }

    private static async Task<List<string>> Tables(ShopStore store) =>
        await store.Engine.Read("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name", r => r.GetString(0), default);
}
