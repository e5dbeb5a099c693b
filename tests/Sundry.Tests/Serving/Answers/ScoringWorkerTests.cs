using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>However the candidates are divided, they get the same bits.</summary>
public sealed class ScoringWorkerTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(201)]
    [InlineData(511)]
    [InlineData(600)]
    public async Task Halves_give_what_the_whole_gives(int candidates)
    {
        await using var shop = await AnswerShop.Open();
        var model = ModelSnapshot.Open(shop.Model("two", seed: 2), shop.Clock);
        var memory = shop.Server.Live.Now;
        using var whole = new ScoringWorker(model, memory);
        using var halves = new ScoringWorker(model, memory);
        for (var round = 0; round < 20; round++)
        {
            Score(shop, whole, candidates, round, divide: false);
            Score(shop, halves, candidates, round, divide: true);
            for (var head = 0; head < model.Heads.Count; head++) Assert.Equal(whole.Outputs(head, candidates).ToArray(), halves.Outputs(head, candidates).ToArray());
        }
    }

    [Fact]
    public async Task What_there_was_no_time_for_is_the_last()
    {
        await using var shop = await AnswerShop.Open();
        var model = ModelSnapshot.Open(shop.Model("two", seed: 2), shop.Clock);
        using var worker = new ScoringWorker(model, shop.Server.Live.Now);
        Add(shop, worker, 600, 0, divide: false);
        Assert.Equal(256, worker.Score(() => true));
    }

    private static void Score(AnswerShop shop, ScoringWorker worker, int candidates, int round, bool divide)
    {
        Add(shop, worker, candidates, round, divide);
        Assert.Equal(candidates, worker.Score(() => false));
    }

    private static void Add(AnswerShop shop, ScoringWorker worker, int candidates, int round, bool divide)
    {
        var shown = new ShopEvent { Time = shop.Now, User = round, Session = -1, Scenario = -1, Recommendation = -1, Text = -1, Quantity = 1, Position = 1, Type = EventTypes.Impression };
        worker.Begin(ref shown, $"u{round}", null, "home", null, new Dictionary<string, string>());
        if (divide) worker.Divide(candidates, null);
        for (var i = 0; i < candidates; i++)
        {
            (shown.Item, shown.Price) = ((i * 7 + round) % AnswerShop.Items, 5 + i % 9);
            worker.Add(shown);
        }
    }
}
