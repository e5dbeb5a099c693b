using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sundry.Examples;
using Sundry.Serving;

namespace Sundry.PublicApi.Tests;

/// <summary>The example of an application that embeds Sundry does what its page says.</summary>
public sealed class EmbeddingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sundry-embedding-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_application_ranks_in_its_own_process_and_offers_the_interface()
    {
        await using (var app = Embedding.Build(Path.Combine(_folder, "shop.db"), null, "http://127.0.0.1:0"))
        {
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.PutAsJsonAsync("/recommendations/v1/items/a", new { })).StatusCode);
            http.DefaultRequestHeaders.Add("X-Shop-Token", "open sesame");
            foreach (var item in (string[])["a", "b", "c", "d"]) Assert.Equal(HttpStatusCode.OK, (await http.PutAsJsonAsync($"/recommendations/v1/items/{item}", new { category = "x" })).StatusCode);

            var client = new SundryClient(http.At("/recommendations/v1/"));
            var receipt = Assert.Single(await client.Tell([new EventRecord { Type = "view", User = "u", Item = "b", Time = 1_769_860_805_000 }]));
            Assert.Equal(EventOutcome.Accepted, receipt.Outcome);
            Assert.Equal(4, (await client.Recommend(new RecommendRequest { User = "u", Count = 4, Deadline = TimeSpan.FromSeconds(30) })).Items.Count);
            // the page has a visitor's deadline: a busy machine may show less
            Assert.InRange((await http.GetStringAsync("/page/u")).Split(',').Length, 1, 3);

            var lost = await http.GetAsync(new Uri("/recommendations/v1/nothing", UriKind.Relative));
            Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (lost.StatusCode, lost.Content.Headers.ContentType!.MediaType));
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
            await app.StopAsync();
        }

        // what it told is there when it starts again
        await using var again = Embedding.Build(Path.Combine(_folder, "shop.db"), null, "http://127.0.0.1:0");
        await again.StartAsync();
        using var asks = new HttpClient { BaseAddress = new Uri(again.Urls.First()) };
        asks.DefaultRequestHeaders.Add("X-Shop-Token", "open sesame");
        var user = JsonDocument.Parse(await asks.GetStringAsync("/recommendations/v1/users/u")).RootElement;
        Assert.Equal("b", user.GetProperty("items")[0].GetString());
        await again.StopAsync();
    }
}

/// <summary>The same client below another path.</summary>
internal static class ClientPaths
{
    public static HttpClient At(this HttpClient http, string path)
    {
        var below = new HttpClient { BaseAddress = new Uri(http.BaseAddress!, path) };
        foreach (var (name, values) in http.DefaultRequestHeaders) below.DefaultRequestHeaders.Add(name, values);
        return below;
    }
}
