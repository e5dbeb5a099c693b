using System.Collections.Concurrent;
using System.Text.Json;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>A model is put in another's place while requests come: none is lost, and no answer is of two models.</summary>
public sealed class ModelSwapTests
{
    [Fact]
    public async Task Requests_go_on_while_models_are_swapped_and_read_anew()
    {
        await using var shop = new HttpShop { WithModel = true, Clock = new TestClock(), Options = new HttpOptions { Open = true } };
        await shop.InitializeAsync();
        var folders = new[] { shop.Shop.Server.Model!.Folder, shop.Shop.Model("two", seed: 2) };
        const string Ask = """{"user":"u7","items":["i1","i2","i3","i4","i5","i6","i7","i8","i9"],"deadline_ms":60000}""";
        var expected = new Dictionary<string, string>();
        foreach (var folder in folders)
        {
            await shop.Shop.Server.Swap(folder);
            var (_, json, _) = await shop.Ask("POST", "/v1/rank", Ask);
            expected[json.GetProperty("model").GetString()!] = Outputs(json);
        }

        Assert.Equal(2, expected.Values.Distinct().Count());
        using var stop = new CancellationTokenSource();
        var seen = new ConcurrentDictionary<string, int>();
        var asked = 0;
        var callers = Enumerable.Range(0, 3).Select(c => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var (status, json, _) = await shop.Ask("POST", "/v1/rank", Ask);
                Assert.Equal(200, status);
                var model = json.GetProperty("model").GetString()!;
                Assert.Equal(expected[model], Outputs(json));
                Assert.Empty(json.GetProperty("degraded").EnumerateArray());
                seen.AddOrUpdate(model, 1, (_, n) => n + 1);
                (status, json, _) = await shop.Ask("POST", "/v1/recommend", $$"""{"user":"u{{c}}","count":5,"deadline_ms":60000}""");
                Assert.Equal((200, 5), (status, json.GetProperty("items").GetArrayLength()));
                Assert.Contains(json.GetProperty("model").GetString()!, expected.Keys);
                Interlocked.Increment(ref asked);
            }
        })).ToArray();
        for (var swaps = 0; swaps < 10; swaps++)
        {
            var before = Volatile.Read(ref asked);
            await shop.Shop.Server.Swap(folders[swaps % 2]);
            Assert.Equal(200, (await shop.Ask("POST", "/v1/models:reload")).Status);
            Assert.Equal(shop.Shop.Server.Model!.Id, (await shop.Ask("GET", "/v1/models")).Json.GetProperty("model").GetProperty("id").GetString());
            // each of them answers some
            while (Volatile.Read(ref asked) < before + 3 && !Array.Exists(callers, c => c.IsFaulted)) await Task.Delay(1);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.Equal(expected.Keys.Order(), seen.Keys.Order());
    }

    private static string Outputs(JsonElement answer) => string.Join(' ', answer.GetProperty("items").EnumerateArray()
        .OrderBy(i => i.GetProperty("id").GetString(), StringComparer.Ordinal).Select(i => i.GetProperty("tasks").GetProperty("buy").GetRawText()));
}
