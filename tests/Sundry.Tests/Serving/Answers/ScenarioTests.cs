using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class ScenarioTests
{
    [Fact]
    public async Task A_saved_scenario_and_rule_hold_from_the_next_answer_on()
    {
        await using var shop = await AnswerShop.Open();
        await shop.Server.PutDocument("scenario", "sale", """{"sources":{"popular":50,"new":50},"value":{"weights":{"buy*price":1}},"filter":"price < 30","rules":{"pins":[{"item":"i9","place":2}],"caps":[{"by":"category","at_most":2}]}}""");
        var answer = await shop.Server.Recommend(new RecommendRequest { Scenario = "sale", User = "fresh", Count = 6 });
        Assert.Equal("i9", answer.Items[1].Id);
        Assert.Equal(["pinned"], answer.Items[1].Notes);
        Assert.All(answer.Items, i => Assert.InRange(Number(i), 0, 24));
        Assert.All(answer.Items.GroupBy(i => Number(i) % 4), g => Assert.InRange(g.Count(), 1, 2));
        Assert.Contains("buy*price", (await shop.Server.Explain(answer.Id))!.Order, StringComparison.Ordinal);

        await shop.Server.PutDocument("rule", "no-c1", """{"filters":["category = c1"],"scenarios":["sale"]}""");
        Assert.DoesNotContain((await shop.Server.Recommend(new RecommendRequest { Scenario = "sale", User = "fresh", Count = 6 })).Items, i => Number(i) % 4 == 1);
        Assert.True(await shop.Server.DeleteDocument("rule", "no-c1"));
        Assert.Contains((await shop.Server.Recommend(new RecommendRequest { Scenario = "sale", User = "fresh", Count = 6 })).Items, i => Number(i) % 4 == 1);
        Assert.True(await shop.Server.DeleteDocument("scenario", "sale"));
        await Assert.ThrowsAsync<InputException>(() => shop.Server.Recommend(new RecommendRequest { Scenario = "sale" }));
    }

    [Theory]
    [InlineData("scenario", """{"sauces":{}}""", "sauces")]
    [InlineData("scenario", """{"sources":{"popula":3}}""", "'popula' is no source")]
    [InlineData("scenario", """{"filter":"price <"}""", "filter:")]
    [InlineData("scenario", """{"value":{"weights":{"bye":1}}}""", "bye")]
    [InlineData("scenario", """{"rules":{"caps":[{"by":"brand","at_most":0}]}}""", "at_most")]
    [InlineData("rule", """{"filters":["a = 1", "b <"]}""", "filters[1].where")]
    [InlineData("rule", """{"boosts":[{"where":"a = 1"}]}""", "factor")]
    [InlineData("other", "{}", "scenario or rule")]
    public async Task What_is_wrong_in_a_document_is_named_and_nothing_is_saved(string kind, string json, string says)
    {
        await using var shop = await AnswerShop.Open();
        Assert.Contains(says, (await Assert.ThrowsAsync<InputException>(() => shop.Server.PutDocument(kind, "x", json))).Message, StringComparison.Ordinal);
        Assert.Null(await shop.Store.Documents.Get(kind, "x"));
    }

    [Fact]
    public async Task A_trial_changes_nothing()
    {
        await using var shop = await AnswerShop.Open();
        var request = new RecommendRequest { User = "u1", Count = 4 };
        var tried = await shop.Server.DryRun(request, """{"sources":{"popular":20},"score":false}""", """{"boosts":[{"where":"category = c3","factor":100}]}""");
        Assert.All(tried.Items, i => Assert.Equal(3, Number(i) % 4));
        Assert.All(tried.Items, i => Assert.Equal(["boosted"], i.Notes));
        Assert.Null(await shop.Server.Explain(tried.Id));
        Assert.DoesNotContain((await shop.Server.Recommend(request)).Items, i => i.Notes.Contains("boosted"));
        await Assert.ThrowsAsync<InputException>(() => shop.Server.DryRun(request, "{", null));
    }

    [Fact]
    public async Task A_document_that_came_past_the_check_does_not_stop_answers()
    {
        await using var shop = await AnswerShop.Open();
        await shop.Store.Documents.Put("scenario", "home", """{"sauces":1}""");
        await shop.Store.Documents.Put("rule", "bad", """{"filters":["price <"]}""");
        await shop.Server.Live.Reach(await shop.Store.Position());
        var answer = await shop.Server.Recommend(new RecommendRequest { User = "u1", Count = 4 });
        Assert.Equal(4, answer.Items.Count);
        Assert.Equal(["rule", "scenario"], answer.Degraded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_configuration_gives_defaults_that_the_store_overrules()
    {
        using var folder = new TemporaryFolder();
        var section = ServeSection.Load(folder.Write("serve.yaml", """
            name: anything
            serve:
              scenarios:
                shelf: {sources: {popular: 10}, deadline_ms: 500, rules: {pins: [{item: i20, place: 1}]}}
              rules:
                dear: {filters: [price > 60]}
            """));
        Assert.Equal(folder.Path("als.bin"), ServeSection.Load(folder.Write("vectors.yaml", "serve: {vectors: als.bin}")).Vectors);
        Assert.Equal(ServeSection.VectorsOfModel, ServeSection.Load(folder.Write("vectors.yaml", "serve: {vectors: model}")).Vectors);
        Assert.Contains("serve.rules.odd: filters[0].where", Assert.Throws<InputException>(() => ServeSection.Load(folder.Write("odd.yaml", "serve: {rules: {odd: {filters: ['price <']}}}"))).Message, StringComparison.Ordinal);
        await using var shop = await AnswerShop.Open(options: new ServeOptions { Defaults = section });
        Assert.Contains("shelf", shop.Server.Scenarios.Keys);
        Assert.Contains("home", shop.Server.Scenarios.Keys);
        var answer = await shop.Server.Recommend(new RecommendRequest { Scenario = "shelf", Count = 60 });
        Assert.Equal("i20", answer.Items[0].Id);
        Assert.All(answer.Items, i => Assert.InRange(Number(i), 0, 55));
        await shop.Server.PutDocument("rule", "dear", "{}");
        Assert.Contains((await shop.Server.Recommend(new RecommendRequest { Scenario = "shelf", Count = 60 })).Items, i => Number(i) > 55);
    }

    [Fact]
    public async Task A_pin_waits_for_its_item()
    {
        await using var shop = await AnswerShop.Open(model: false);
        await shop.Server.PutDocument("rule", "first", """{"pins":[{"item":"coming","place":1}]}""");
        Assert.NotEqual("coming", (await shop.Server.Recommend(new RecommendRequest { Count = 3 })).Items[0].Id);
        await shop.Server.PutItems([("coming", "{\"category\":\"c1\"}")]);
        Assert.Equal("coming", (await shop.Server.Recommend(new RecommendRequest { Count = 3 })).Items[0].Id);
    }

    private static int Number(AnswerItem item) => int.Parse(item.Id[1..], System.Globalization.CultureInfo.InvariantCulture);
}
