using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public class ShopServerTests
{
    private protected virtual Task<AnswerShop> Open(bool model = true, bool past = true) => AnswerShop.Open(model, past: past);

    [SkippableFact]
    public async Task An_answer_has_scored_items_that_say_where_they_come_from()
    {
        await using var shop = await Open();
        var answer = await shop.Server.Recommend(new RecommendRequest { User = "u3", Count = 10 });
        Assert.Equal(10, answer.Items.Select(i => i.Id).Distinct().Count());
        Assert.Empty(answer.Degraded);
        Assert.Equal(shop.Server.Model!.Id, answer.Model);
        Assert.StartsWith("one-", answer.Model, StringComparison.Ordinal);
        Assert.Equal("home", answer.Scenario);
        Assert.Equal(await shop.Store.Position(), answer.Position);
        Assert.All(answer.Items, item =>
        {
            Assert.Equal(["click", "buy"], item.Tasks.Keys);
            Assert.All(item.Tasks.Values, p => Assert.InRange(p, 0, 1));
            Assert.NotNull(item.Score);
            Assert.NotEmpty(item.Sources);
            Assert.NotEmpty(item.Reasons);
        });
        var explanation = await shop.Server.Explain(answer.Id);
        Assert.Equal("u3", explanation!.Request.User);
        Assert.Equal(answer.Items.Select(i => i.Id), explanation.Answer.Items.Select(i => i.Id));
        Assert.True(explanation.Scored >= 10);
        Assert.Equal(RequestRun.StageNames, explanation.Stages.Keys);
        Assert.Contains("click", explanation.Order, StringComparison.Ordinal);
        Assert.Null(await shop.Server.Explain("unknown"));
    }

    [SkippableFact]
    public async Task The_next_answer_knows_the_last_event()
    {
        await using var shop = await Open();
        var first = await shop.Server.Recommend(new RecommendRequest { User = "u3", Count = 5 });
        var bought = first.Items[0].Id;
        await shop.Tell("purchase", "u3", bought);
        var second = await shop.Server.Recommend(new RecommendRequest { User = "u3", Count = 60 });
        Assert.DoesNotContain(second.Items, i => i.Id == bought);
        Assert.True(second.Position > first.Position);
        // of another's answer it is part still
        Assert.Contains((await shop.Server.Recommend(new RecommendRequest { User = "stranger", Count = 60 })).Items, i => i.Id == bought);

        // a stranger's view moves what is visited together with it
        await shop.Tell("view", null, "i1", session: "new");
        var visit = await shop.Server.Recommend(new RecommendRequest { Session = "new", Scenario = "visitor", Count = 10 });
        Assert.Contains(visit.Items, i => i.Reasons.Any(r => r.Contains("chair number 1, which you looked at", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task What_is_hidden_sold_out_or_deleted_is_gone_at_once_and_back_at_once()
    {
        await using var shop = await Open();
        async Task<bool> IsThere(string id) => (await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 60 })).Items.Any(i => i.Id == id);
        await shop.Server.PatchItems([("i2", "{\"hidden\":true}"), ("i3", "{\"stock\":0}")]);
        await shop.Server.DeleteItem("i4");
        Assert.False(await IsThere("i2"));
        Assert.False(await IsThere("i3"));
        Assert.False(await IsThere("i4"));
        Assert.Equal(["nothing"], await shop.Server.PatchItems([("i2", "{\"hidden\":null}"), ("nothing", "{}"), ("i3", "{\"stock\":2}")]));
        Assert.True(await IsThere("i2"));
        Assert.True(await IsThere("i3"));
    }

    [SkippableFact]
    public async Task Pages_follow_each_other_without_repeats_even_after_a_restart()
    {
        await using var shop = await Open(model: false);
        var seen = new HashSet<string>();
        var page = await shop.Server.Recommend(new RecommendRequest { User = "u5", Count = 12 });
        for (var pages = 0; page.Items.Count > 0; pages++)
        {
            Assert.InRange(pages, 0, 10);
            Assert.All(page.Items, i => Assert.True(seen.Add(i.Id), i.Id));
            var before = page;
            page = await shop.Server.Recommend(new RecommendRequest { After = before.Id, Count = 12 });
            await Assert.ThrowsAsync<InputException>(() => shop.Server.Recommend(new RecommendRequest { After = before.Id, User = "u6" }));
            if (pages != 1) continue;
            await shop.Restart();
        }

        Assert.InRange(seen.Count, AnswerShop.Items - 15, AnswerShop.Items);
        Assert.Contains("ask for the first page", (await Assert.ThrowsAsync<InputException>(() => shop.Server.Recommend(new RecommendRequest { After = "gone" }))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Without_a_model_and_without_a_past_there_is_an_answer_still()
    {
        await using var shop = await Open(model: false, past: false);
        var empty = await shop.Server.Recommend(new RecommendRequest { Count = 7 });
        Assert.Equal(7, empty.Items.Count);
        Assert.Equal(["no_model"], empty.Degraded);
        Assert.Null(empty.Model);
        Assert.All(empty.Items, i => Assert.Null(i.Score));
        await shop.Tell("purchase", "u1", "i33");
        await shop.Tell("view", "u1", "i8");
        var popular = await shop.Server.Recommend(new RecommendRequest { User = "somebody", Count = 3 });
        Assert.Contains(popular.Items, i => i.Id == "i33" && i.Reasons.Contains("popular"));
    }

    [SkippableFact]
    public async Task A_request_narrows_its_answer()
    {
        await using var shop = await Open();
        var answer = await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 8, Category = "c2", Filter = "price > 20 and brand != b3", Exclude = ["i30"], Cart = ["i38"], Item = "i46" });
        Assert.InRange(answer.Items.Count, 5, 8);
        foreach (var item in answer.Items)
        {
            var number = int.Parse(item.Id[1..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(number % 4 == 2 && 5 + number > 20 && number % 7 != 3 && number is not (30 or 38 or 46), item.Id);
        }

        Assert.StartsWith("filter:", (await Assert.ThrowsAsync<InputException>(() => shop.Server.Recommend(new RecommendRequest { Filter = "price <" }))).Message, StringComparison.Ordinal);
        Assert.Contains("'home'", (await Assert.ThrowsAsync<InputException>(() => shop.Server.Recommend(new RecommendRequest { Scenario = "hone" }))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InputException>(() => shop.Server.Recommend(new RecommendRequest { Count = 0 }));
        await Assert.ThrowsAsync<InputException>(() => shop.Server.Recommend(new RecommendRequest { Query = "half \ud800" }));
        // a name that nobody has used is missing from all items, and is not remembered
        Assert.Empty((await shop.Server.Recommend(new RecommendRequest { Filter = "colour = red" })).Items);
        Assert.Equal(-1, shop.Server.Live.Names.Item.Find("colour"));
    }

    [SkippableFact]
    public async Task Words_find_items_as_soon_as_they_are_there()
    {
        await using var shop = await Open();
        var lamps = await shop.Server.Recommend(new RecommendRequest { Scenario = "search", Query = "LAMPS", Count = 10 });
        Assert.All(lamps.Items, i => Assert.Equal("lamp", AnswerShop.Word(int.Parse(i.Id[1..], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.All(lamps.Items, i => Assert.Equal(["search"], i.Sources));
        await shop.Server.PutItems([("brand-new", "{\"title\":\"Żółta lampa\",\"category\":\"c1\"}")]);
        var found = await shop.Server.Recommend(new RecommendRequest { Scenario = "search", Query = "zolta", Count = 3 });
        Assert.Equal("brand-new", found.Items[0].Id);
        var nothing = await shop.Server.Recommend(new RecommendRequest { Scenario = "search", Query = "submarine", Count = 3 });
        Assert.Contains("no_match", nothing.Degraded);
        Assert.Equal(3, nothing.Items.Count);
    }

    [SkippableFact]
    public async Task A_new_item_is_like_others_by_its_content_alone()
    {
        await using var shop = await Open();
        await shop.Server.PutItems([("twin-a", "{\"title\":\"garnet sextant\",\"category\":\"rare\"}"), ("twin-b", "{\"title\":\"brass sextant\",\"category\":\"rare\"}")]);
        var like = await shop.Server.Similar("twin-a", 5);
        Assert.Equal("twin-b", like.Items[0].Id);
        Assert.Equal(["like garnet sextant"], like.Items[0].Reasons);
        Assert.Equal(5, like.Items.Count);
        Assert.DoesNotContain(like.Items, i => i.Id == "twin-a");
        await Assert.ThrowsAsync<InputException>(() => shop.Server.Similar("none", 5));
        // and somebody new who looked at it gets it too
        await shop.Tell("view", "newcomer", "twin-a");
        Assert.Contains((await shop.Server.Recommend(new RecommendRequest { User = "newcomer", Count = 62 })).Items, i => i.Id == "twin-b" && i.Reasons.Contains("like garnet sextant, which you looked at"));
    }

    [SkippableFact]
    public async Task Given_items_are_put_into_order()
    {
        await using var shop = await Open();
        string[] items = [.. Enumerable.Range(0, 40).Select(i => $"i{i}"), "unheard-of"];
        var ranked = await shop.Server.Rank(new RankRequest { User = "u2", Items = items });
        Assert.Equal(items.Order(), ranked.Items.Select(i => i.Id).Order());
        Assert.Equal(ranked.Items.Select(i => i.Score!.Value).OrderDescending(), ranked.Items.Select(i => i.Score!.Value));
        // the order of the wish does not matter to what is scored
        var again = await shop.Server.Rank(new RankRequest { User = "u2", Items = [.. items.Reverse()] });
        var outputs = again.Items.ToDictionary(i => i.Id, i => i.Tasks["buy"]);
        Assert.All(ranked.Items, i => Assert.Equal(outputs[i.Id], i.Tasks["buy"], 1e-6));
        await shop.Server.PatchItems([("i7", "{\"hidden\":true}")]);
        var ruled = await shop.Server.Rank(new RankRequest { User = "u2", Items = items, Rules = true });
        Assert.DoesNotContain(ruled.Items, i => i.Id is "i7" or "unheard-of");
        await Assert.ThrowsAsync<InputException>(() => shop.Server.Rank(new RankRequest { Items = [] }));
    }

    [SkippableFact]
    public async Task A_user_can_be_looked_at_and_forgotten()
    {
        await using var shop = await Open();
        var view = shop.Server.View("u4")!;
        Assert.Equal("24", view.Attributes["age"]);
        Assert.NotEmpty(view.Items);
        Assert.NotEmpty(view.Interests);
        Assert.InRange(view.Tasks["churn"], 0, 1);
        Assert.Null(shop.Server.View("nobody"));
        var answer = await shop.Server.Recommend(new RecommendRequest { User = "u4" });
        Assert.True(await shop.Server.Forget("u4"));
        Assert.Null(await shop.Server.Explain(answer.Id));
        Assert.Null(shop.Server.View("u4"));
        Assert.NotEmpty((await shop.Server.Recommend(new RecommendRequest { User = "u4" })).Items);
        await shop.Restart();
        Assert.Null(await shop.Server.Explain(answer.Id));
    }

    [SkippableFact]
    public async Task Many_are_answered_at_once()
    {
        await using var shop = await Open();
        var answers = await shop.Server.Recommend([.. Enumerable.Range(0, 25).Select(u => new RecommendRequest { User = $"u{u}", Scenario = "email", Count = 5 })]);
        Assert.Equal(25, answers.Count);
        Assert.All(answers, a => Assert.Equal(5, a.Items.Count));
        Assert.Equal(25, answers.Select(a => a.Id).Distinct().Count());
    }
}
