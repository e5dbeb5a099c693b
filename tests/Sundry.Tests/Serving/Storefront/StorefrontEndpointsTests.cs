using System.Net;
using System.Text.RegularExpressions;

namespace Sundry.Tests.Serving;

public sealed class StorefrontEndpointsTests
{
    [Fact]
    public async Task Whatever_is_done_becomes_events_and_changes_the_next_page()
    {
        await using var host = await PageHost.Start();
        using var client = host.Client();
        var home = await PageHost.Get(client, "/");
        PageRules.Hold(home, "home");
        Assert.Equal(12, Regex.Count(home, "class=\"product\""));
        var who = Assert.Single(host.Desk.Visitors());
        Assert.Equal(12, host.Desk.Told(who).Count(e => e is { Type: "impression", Position: > 0, Recommendation.Length: > 0, Scenario: "visitor" }));

        var link = WebUtility.HtmlDecode(Regex.Match(home, "href=\"(/shop/item/i3[^\"]+)\"").Groups[1].Value);
        var item = await PageHost.Get(client, link);
        PageRules.Hold(item, "item");
        Assert.Equal(["click", "view"], host.Desk.Told(who).Where(e => e.Type != "impression").Select(e => e.Type));
        Assert.All(host.Desk.Told(who).Where(e => e.Type is "click" or "view"), e => Assert.Equal(("i3", "visitor"), (e.Item, e.Scenario)));

        home = await PageHost.Get(client, "/");
        Assert.Contains("you looked at bikes last", home, StringComparison.Ordinal);

        using (await PageHost.Post(client, "/shop/cart", ("item", "i3"), ("action", "add"))) { }
        using (await PageHost.Post(client, "/shop/cart", ("item", "i4"), ("action", "add"))) { }
        using (await PageHost.Post(client, "/shop/cart", ("item", "i4"), ("action", "remove"))) { }
        var cart = await PageHost.Get(client, "/shop/cart");
        PageRules.Hold(cart, "cart");
        Assert.Contains("1 item, 31.50", cart, StringComparison.Ordinal);
        using (var bought = await PageHost.Post(client, "/shop/buy")) Assert.Contains("1 item bought", await bought.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"stock\":2", (await host.Desk.Store.Items.Get("i3"))!.Attributes!, StringComparison.Ordinal);
        Assert.Contains("The cart is empty", await PageHost.Get(client, "/shop/cart"), StringComparison.Ordinal);
        Assert.DoesNotContain("/shop/item/i3?", await PageHost.Get(client, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_may_be_a_customer_and_search()
    {
        await using var host = await PageHost.Start();
        using var client = host.Client();
        using (var welcome = await PageHost.Post(client, "/shop/visitor", ("user", "u2"))) Assert.Contains("Welcome back, u2", await welcome.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        PageRules.Hold(await PageHost.Get(client, "/shop/search?q=red%20%22shoes%3Cb%3E"), "search");
        var record = host.Desk.Told("u2").Single(e => e.Type == "search");
        Assert.Equal("red \"shoes<b>", record.Text);
        PageRules.Hold(await PageHost.Get(client, "/shop/category/tea"), "category");
        Assert.Contains("Nothing to show", await PageHost.Get(client, "/shop/category/nothing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_bought_and_foreign_forms_do_nothing()
    {
        await using var host = await PageHost.Start();
        using var client = host.Client();
        await PageHost.Get(client, "/shop/item/nothing", HttpStatusCode.NotFound);
        using (var gone = await PageHost.Post(client, "/shop/buy", ("item", "i15"))) Assert.Contains("it is sold out", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Buy now", await PageHost.Get(client, "/shop/item/i15"), StringComparison.Ordinal);
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var foreign = await PageHost.Post(client, "/shop/buy", ("item", "i3"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.DoesNotContain(host.Desk.Visitors().SelectMany(host.Desk.Told), e => e.Type == "purchase");
    }
}
