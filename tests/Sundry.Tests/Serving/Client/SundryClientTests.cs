using System.Net;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>The client asks what the server answers, and asks again where that helps.</summary>
public sealed class SundryClientTests(HttpShop http) : IClassFixture<HttpShop>
{
    [Fact]
    public async Task Everything_can_be_asked()
    {
        using var sends = new HttpClient { BaseAddress = new Uri(http.Host.Address, "v1/") };
        var client = new SundryClient(sends, new SundryClientOptions { Key = http.Key });
        await client.PutItem("c/1", "{\"category\":\"c0\",\"title\":\"lamp from here\"}");
        await client.PatchItem("c/1", "{\"stock\":5}");
        await client.PutUser("client user", "{\"age\":30}");
        var view = AnswerShop.Event("view", "client user", "c/1", http.Shop.Now);
        Assert.Equal(EventOutcome.Accepted, Assert.Single(await client.Tell([view])).Outcome);
        Assert.Equal(EventOutcome.Duplicate, Assert.Single(await client.Tell([view])).Outcome);
        var answer = await client.Recommend(new RecommendRequest { User = "client user", Count = 3, Context = new Dictionary<string, string> { ["device"] = "phone" } });
        Assert.Equal((3, "home"), (answer.Items.Count, answer.Scenario));
        Assert.NotEqual("", answer.Id);
        Assert.True(answer.Position > 0);
        Assert.Equal(2, (await client.Recommend([new RecommendRequest(), new RecommendRequest()])).Count);
        Assert.Equal(["i1", "i2"], (await client.Rank(new RankRequest { Items = ["i2", "i1"] })).Items.Select(i => i.Id).Order());
        Assert.Equal("c/1", (await client.Search("lamp from here", count: 1)).Items[0].Id);
        Assert.Equal(2, (await client.Similar("c/1", 2)).Items.Count);
        Assert.True(await client.DeleteItem("c/1"));
        Assert.False(await client.DeleteItem("c/1"));
        Assert.True(await client.Forget("client user"));
        var wrong = await Assert.ThrowsAsync<SundryException>(() => client.Recommend(new RecommendRequest { Filter = "price <" }));
        Assert.Equal((422, "not_possible"), (wrong.Status, wrong.Kind));
        Assert.Throws<ArgumentException>(() => new SundryClient(new HttpClient { BaseAddress = new Uri("http://localhost/v1") }));
    }

    [Fact]
    public async Task What_meets_a_busy_server_or_loses_its_answer_is_sent_again_and_counts_once()
    {
        using var sends = new HttpClient(new Failing(new SocketsHttpHandler(), 4)) { BaseAddress = new Uri(http.Host.Address, "v1/") };
        var client = new SundryClient(sends, new SundryClientOptions { Key = http.Key, FirstWait = TimeSpan.FromMilliseconds(1) });
        var before = (await http.Shop.Store.Counts()).Events;
        // an event without an id: the client gives it one, and the lost answer's event is there already
        var receipt = Assert.Single(await client.Tell([AnswerShop.Event("view", "u9", "i9", http.Shop.Now)]));
        Assert.Equal(EventOutcome.Duplicate, receipt.Outcome);
        Assert.NotNull(receipt.Id);
        Assert.Equal(before + 1, (await http.Shop.Store.Counts()).Events);
        using var never = new HttpClient(new Failing(new SocketsHttpHandler(), 100)) { BaseAddress = new Uri(http.Host.Address, "v1/") };
        var impatient = new SundryClient(never, new SundryClientOptions { Key = http.Key, Tries = 2, FirstWait = TimeSpan.FromMilliseconds(1) });
        await Assert.ThrowsAnyAsync<Exception>(() => impatient.Recommend(new RecommendRequest()));
    }

    // busy, no way there, an answer that is lost on its way back, busy, …
    private sealed class Failing(HttpMessageHandler inner, int times) : DelegatingHandler(inner)
    {
        private int _sent;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var turn = _sent++;
            if (turn >= times) return await base.SendAsync(request, cancellationToken);
            switch (turn % 4)
            {
                case 0: return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "0" } } };
                case 1: throw new HttpRequestException("no way there");
                case 2:
                    (await base.SendAsync(request, cancellationToken)).Dispose();
                    throw new HttpRequestException("the answer was lost");
                default: return new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            }
        }
    }
}
