using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sundry.Serving;

namespace Sundry.Tests.Serving;

/// <summary>The pages over a shop that is really served.</summary>
public sealed class ShopPagesTests
{
    [Fact]
    public async Task A_served_shop_has_its_dashboard_and_a_storefront_that_follows_every_click()
    {
        using var folder = new TemporaryFolder();
        var place = folder.Path("shop.db");
        var clock = new TestClock();
        using (var store = ShopStore.Open(place, new StoreOptions { Clock = clock }))
        {
            await store.Items.Put([.. Enumerable.Range(1, 40).Select(i => ($"i{i}", JsonSerializer.Serialize(new { title = $"thing {i}", category = i % 2 == 0 ? "tea" : "lamps", colour = "red", price = i, stock = 3 })))]);
            await store.Users.Put([("u1", "{\"age_band\":\"25-34\"}")]);
            await store.Events.Append([.. Enumerable.Range(0, 300).Select(i => new EventRecord { Type = i % 7 == 0 ? "purchase" : "view", User = $"u{i % 30}", Session = $"s{i / 6}", Item = $"i{1 + i * 7 % 40}", Time = clock.Now - (300 - i) * 600_000L })]);
        }

        using var opened = ShopStore.Open(place, new StoreOptions { Clock = clock });
        var (_, key) = await opened.Keys.Create("first", KeyScopes.Ingest | KeyScopes.Read | KeyScopes.Admin);
        await using var server = await ShopServer.Open(opened, null, new ServeOptions { Clock = clock, WarmUps = 0 });
        await using var host = await ShopHost.Start(() => server, ListenAddress.Parse("127.0.0.1:0"), new HttpOptions(), null, clock, app =>
        {
            app.MapDashboard(() => server, clock);
            app.MapStorefront(() => server, clock);
        });
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };

        using (await PageHost.Post(client, "/shop/visitor", ("user", "u1"))) { }
        var home = await PageHost.Get(client, "/");
        PageRules.Hold(home, "home");
        var link = WebUtility.HtmlDecode(Regex.Match(home, "href=\"(/shop/item/[^\"]+)\"").Groups[1].Value);
        var item = Regex.Match(link, "item/(i\\d+)").Groups[1].Value;
        Assert.Contains("Buy now", await PageHost.Get(client, link), StringComparison.Ordinal);
        using (await PageHost.Post(client, "/shop/buy", ("item", item))) { }
        Assert.DoesNotContain($"/shop/item/{item}?", await PageHost.Get(client, "/"), StringComparison.Ordinal);
        Assert.Contains("thing", await PageHost.Get(client, "/shop/category/tea"), StringComparison.Ordinal);
        Assert.Contains("thing", await PageHost.Get(client, "/shop/search?q=thing"), StringComparison.Ordinal);

        await PageHost.Get(client, "/dashboard", HttpStatusCode.Unauthorized);
        using (await PageHost.Post(client, "/dashboard/login", ("key", key))) { }
        foreach (var (path, words) in new[]
        {
            ("/dashboard", "GET /shop/item/{item}"), ("/dashboard/model", "No model is served"), ("/dashboard/user?user=u1&scenario=home", "purchase"), ($"/dashboard/item?item={item}", ">2<"),
            ("/dashboard/rules", "New rule"), ("/dashboard/quality", "impression"), ("/dashboard/keys", "first"),
        })
        {
            var page = await PageHost.Get(client, path);
            Assert.True(page.Contains(words, StringComparison.Ordinal), $"{path} does not say '{words}':\n{page}");
            PageRules.Hold(page, path);
        }

        var token = PageHost.Token(await PageHost.Get(client, "/dashboard/rules"));
        (string, string)[] rule = [("token", token), ("kind", "rule"), ("name", "no-tea"), ("version", "0"), ("content", "{\"filters\":[{\"where\":\"category = tea\"}]}"), ("user", "u2"), ("scenario", "home")];
        using (var tried = await PageHost.Post(client, "/dashboard/rules", [.. rule, ("action", "try")]))
        {
            var page = await tried.Content.ReadAsStringAsync();
            Assert.True(page.Contains("What it would change", StringComparison.Ordinal), page);
            Assert.Contains("would come", page, StringComparison.Ordinal);
        }

        using (await PageHost.Post(client, "/dashboard/rules", [.. rule, ("action", "save")])) { }
        Assert.Contains("Nothing to show", await PageHost.Get(client, "/shop/category/tea"), StringComparison.Ordinal);
        using var wrong = await PageHost.Post(client, "/dashboard/rules", [.. rule[..4], ("content", "{\"filtres\":[]}"), ("action", "save")]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public void A_shifted_clock_goes_on_from_its_moment()
    {
        var clock = new TestClock();
        var shifted = new ShiftedClock(new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero), clock);
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(new DateTimeOffset(2025, 6, 1, 0, 3, 0, TimeSpan.Zero), shifted.GetUtcNow());
    }
}
