using Sundry.Serving;

namespace Sundry.Tests;

[Collection(SharedPostgres.Name)]
public sealed class PostgresShopServerTests(PostgresServer server) : ShopServerTests
{
    // so long that only a notification can wake in time
    private static readonly StoreOptions s_slow = new() { LookEvery = TimeSpan.FromHours(1) };

    [SkippableFact]
    public async Task What_is_told_to_one_server_is_in_the_next_answer_of_another()
    {
        var place = server.NewPlace("servers");
        await using var a = await AnswerShop.Open(place: place, store: s_slow);
        using var store = ShopStore.Open(place, s_slow with { Clock = a.Clock });
        await using var b = await ShopServer.Open(store, a.Server.Model!.Folder, new ServeOptions { Clock = a.Clock, Workers = 2 });

        var bought = (await OfB("u3", 5))[0];
        await a.Tell("purchase", "u3", bought);
        await Followed();
        Assert.DoesNotContain(bought, await OfB("u3", 60));
        Assert.Contains(bought, await OfB("u4", 60));

        await a.Server.PatchItems([(bought, "{\"hidden\":true}")]);
        await Followed();
        Assert.DoesNotContain(bought, await OfB("u4", 60));

        await a.Server.PutDocument("rule", "cheap", "{\"filters\":[\"price > 20\"]}");
        await Followed();
        Assert.All(await OfB("u4", 60), i => Assert.InRange(int.Parse(i[1..], System.Globalization.CultureInfo.InvariantCulture), 0, 15));
        await a.Server.DeleteDocument("rule", "cheap");

        // the same event told to both counts once
        var twice = AnswerShop.Event("view", "u5", "i9", a.Now) with { Id = "twice" };
        var told = await Task.WhenAll(a.Server.Tell([twice]), b.Tell([twice]));
        Assert.Equal([EventOutcome.Accepted, EventOutcome.Duplicate], told.Select(t => t[0].Outcome).Order());

        Assert.True(await a.Server.Forget("u5"));
        await Followed();
        Assert.Null(b.View("u5"));

        // and the other way round
        await b.Tell([AnswerShop.Event("purchase", "u6", "i1", a.Now)]);
        await a.Server.Live.Reach(await store.Position()).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain((await a.Server.Recommend(new RecommendRequest { User = "u6", Count = 60 })).Items, i => i.Id == "i1");
        Assert.True(a.Server.Live.Ready && b.Live.Ready);

        async Task Followed() => await b.Live.Reach(await a.Store.Position()).WaitAsync(TimeSpan.FromMinutes(2));
        async Task<string[]> OfB(string user, int count) => [.. (await b.Recommend(new RecommendRequest { User = user, Count = count, Deadline = TimeSpan.FromMinutes(1) })).Items.Select(i => i.Id)];
    }

    private protected override Task<AnswerShop> Open(bool model = true, bool past = true) => AnswerShop.Open(model, past: past, place: server.NewPlace("answers"));
}
