using Sundry.Data;
using Sundry.Serving;

namespace Sundry.Tests;

public sealed class SwapTests
{
    [Fact]
    public async Task A_model_is_swapped_under_load_and_no_answer_is_of_two()
    {
        await using var shop = await AnswerShop.Open();
        var one = shop.Server.Model!.Id;
        var (first, second) = (shop.Server.Model!.Folder, shop.Model("two", seed: 2));
        string[] items = [.. Enumerable.Range(0, 30).Select(i => $"i{i}")];
        async Task<string> Outputs() => string.Join(' ', (await shop.Server.Rank(new RankRequest { User = "u7", Items = items })).Items.OrderBy(i => i.Id, StringComparer.Ordinal).Select(i => i.Tasks["buy"].ToString("R", null)));
        var expected = new Dictionary<string, string> { [one] = await Outputs() };
        await shop.Server.Swap(second);
        var two = shop.Server.Model!.Id;
        Assert.StartsWith("two-", two, StringComparison.Ordinal);
        expected[two] = await Outputs();
        Assert.NotEqual(expected[one], expected[two]);

        using var stop = new CancellationTokenSource();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var callers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var asked = 0;
            while (!stop.IsCancellationRequested)
            {
                var answer = await shop.Server.Rank(new RankRequest { User = "u7", Items = items, Deadline = TimeSpan.FromMinutes(1) });
                var outputs = string.Join(' ', answer.Items.OrderBy(i => i.Id, StringComparer.Ordinal).Select(i => i.Tasks["buy"].ToString("R", null)));
                Assert.Equal(expected[answer.Model!], outputs);
                seen.AddOrUpdate(answer.Model!, 1, (_, n) => n + 1);
                asked++;
            }

            return asked;
        })).ToArray();
        for (var swaps = 0; swaps < 12; swaps++)
        {
            await shop.Server.Swap(swaps % 2 == 0 ? first : second);
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(callers), asked => Assert.True(asked > 0));
        Assert.Equal([one, two], seen.Keys.Order());
    }

    [Fact]
    public async Task A_folder_that_is_no_model_changes_nothing()
    {
        await using var shop = await AnswerShop.Open();
        var before = shop.Server.Model;
        await Assert.ThrowsAsync<InputException>(() => shop.Server.Swap("/nowhere/at/all"));
        Assert.Same(before, shop.Server.Model);
        Assert.NotNull((await shop.Server.Recommend(new RecommendRequest())).Model);
    }

    [Fact]
    public async Task A_shop_without_a_model_gets_one()
    {
        await using var shop = await AnswerShop.Open(model: false);
        Assert.Null((await shop.Server.Recommend(new RecommendRequest { User = "u2" })).Model);
        await shop.Server.Swap(shop.Model("late", seed: 3));
        var answer = await shop.Server.Recommend(new RecommendRequest { User = "u2" });
        Assert.StartsWith("late-", answer.Model, StringComparison.Ordinal);
        Assert.Empty(answer.Degraded);
    }
}
