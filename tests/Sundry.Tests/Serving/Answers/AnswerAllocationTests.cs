using Sundry.Data;
using Sundry.Serving;
using Sundry.Tests.House;

namespace Sundry.Tests;

[Collection(nameof(Alone))]
public sealed class AnswerAllocationTests
{
    [Fact]
    public async Task An_answer_allocates_little_more_than_itself()
    {
        await using var shop = await AnswerShop.Open();
        await shop.Server.Recommend(new RecommendRequest { User = "u3", Count = 20 });
        AllocationBudget.Hold("answer of 20 items", "60 candidates, two tasks, reasons", () => shop.Server.Recommend(new RecommendRequest { User = "u3", Count = 20 }).GetAwaiter().GetResult());
    }

    [Fact]
    public void Candidates_are_collected_without_memory()
    {
        var pairs = new PairCounts("co_visited", PairOptions.CoVisited);
        var popular = new PopularCounts("popular", new PopularityOptions());
        var allowed = new ItemBits();
        for (var e = 0; e < 3_000; e++)
        {
            var shown = new ShopEvent { Session = e / 6, User = -1, Item = e * 7 % 500, Time = e * 1000L, Type = EventTypes.View, Quantity = 1 };
            pairs.Apply(shown);
            popular.Apply(shown);
            allowed.Set(shown.Item, true);
        }

        var texts = new TextIndex();
        for (var item = 0; item < 500; item++) texts.Set(item, ($"word{item % 50} other{item % 9}", 1));
        var blend = new Blend((new PairSource(pairs), 80), (new AlikeSource(texts), 40), (new PopularSource(popular), 60));
        var query = new CandidateQuery { Allowed = allowed, Items = new[] { 3, 10, 250 } };
        var into = new BlendedCandidate[200];
        Assert.Equal(200, blend.Collect(query, into));
        AllocationBudget.Hold("collecting candidates", "3 sources", () => blend.Collect(query, into));
    }
}
