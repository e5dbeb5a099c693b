using System.Net;
using Sundry.Serving;

namespace Sundry.Tests.Serving;

public sealed class DashboardEndpointsTests
{
    public static TheoryData<string, string> Pages => new()
    {
        { "/dashboard", "Latency by stage" }, { "/dashboard/model", "No model is served" }, { "/dashboard/user", "Find a user" }, { "/dashboard/user?user=u1&scenario=home", "What would be shown now" },
        { "/dashboard/item", "Find an item" }, { "/dashboard/item?item=i3", "What was done with it" }, { "/dashboard/item?item=ghost", "never described this item" }, { "/dashboard/rules", "no-lamps" },
        { "/dashboard/rules?kind=rule&name=no-lamps", "category = lamps" }, { "/dashboard/quality", "Events by type" }, { "/dashboard/keys", "tracker" },
    };

    [Fact]
    public async Task Every_page_shows_what_it_is_for_and_can_be_read_without_eyes()
    {
        await using var host = await PageHost.Start();
        using var client = await host.LoggedIn(host.ReadKey);
        foreach (var row in Pages)
        {
            var (path, words) = ((string)row[0], (string)row[1]);
            var page = await PageHost.Get(client, path);
            Assert.True(page.Contains(words, StringComparison.Ordinal), $"{path} does not say '{words}':\n{page}");
            PageRules.Hold(page, path);
        }
    }

    [Theory]
    [InlineData("/dashboard"), InlineData("/dashboard/keys"), InlineData("/dashboard/user?user=u1"), InlineData("/dashboard/model/report")]
    public async Task Nobody_sees_a_page_without_a_key(string path)
    {
        await using var host = await PageHost.Start();
        using var client = host.Client();
        var page = await PageHost.Get(client, path, HttpStatusCode.Unauthorized);
        Assert.Contains("API key", page, StringComparison.Ordinal);
        Assert.DoesNotContain("u1\"", page.Replace(WebUtility.HtmlEncode(path), "", StringComparison.Ordinal), StringComparison.Ordinal);
        using var wrong = await PageHost.Post(client, "/dashboard/login", ("key", "sundry_000000000000_no"));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var sender = await PageHost.Post(client, "/dashboard/login", ("key", host.IngestKey));
        Assert.Equal(HttpStatusCode.Unauthorized, sender.StatusCode);
        Assert.False(sender.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_cookie_is_a_secret_of_its_own_and_leads_back_where_one_wanted_to_go()
    {
        await using var host = await PageHost.Start();
        using var client = host.Client(follow: false);
        using var answer = await PageHost.Post(client, "/dashboard/login", ("key", host.ReadKey), ("next", "/dashboard/keys"));
        Assert.Equal("/dashboard/keys", answer.Headers.Location!.OriginalString);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(host.ReadKey.Split('_', 3)[2], cookie, StringComparison.Ordinal);
        foreach (var elsewhere in new[] { "https://evil.example", "//evil.example", "/dashboard/\\evil.example", "/dashboardx" })
        {
            using var again = await PageHost.Post(client, "/dashboard/login", ("key", host.ReadKey), ("next", elsewhere));
            Assert.Equal("/dashboard", again.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task Pages_run_no_scripts_but_ours()
    {
        await using var host = await PageHost.Start();
        using var client = await host.LoggedIn(host.ReadKey);
        using var answer = await client.GetAsync(new Uri("/dashboard/item?item=i16", UriKind.Relative));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(SampleDesk.Hostile, page, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(SampleDesk.Hostile), page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>x</b>", await PageHost.Get(client, "/dashboard/user?user=bad"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_or_without_its_token_does_nothing()
    {
        await using var host = await PageHost.Start();
        using var client = await host.LoggedIn(host.AdminKey);
        var token = PageHost.Token(await PageHost.Get(client, "/dashboard/keys"));
        var victim = (await host.Desk.Store.Keys.List()).Single(k => k.Name == "tracker").Id;
        foreach (var wrong in new[] { "", "x", token[..^1] })
        {
            using var answer = await PageHost.Post(client, "/dashboard/keys/revoke", ("token", wrong), ("id", victim));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        using var foreign = await PageHost.Post(client, "/dashboard/keys/revoke", ("token", token), ("id", victim));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using var login = await PageHost.Post(client, "/dashboard/login", ("key", host.AdminKey));
        Assert.Equal(HttpStatusCode.Forbidden, login.StatusCode);
        Assert.All(await host.Desk.Store.Keys.List(), k => Assert.Null(k.Revoked));

        client.DefaultRequestHeaders.Remove("Origin");
        using var right = await PageHost.Post(client, "/dashboard/keys/revoke", ("token", token), ("id", victim));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.NotNull((await host.Desk.Store.Keys.List()).Single(k => k.Id == victim).Revoked);
        Assert.Contains("opens nothing any more", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_cannot_save_or_revoke()
    {
        await using var host = await PageHost.Start();
        using var client = await host.LoggedIn(host.ReadKey);
        var page = await PageHost.Get(client, "/dashboard/rules?kind=rule&name=no-lamps");
        Assert.DoesNotContain("value=\"save\"", page, StringComparison.Ordinal);
        var token = PageHost.Token(page);
        using var save = await PageHost.Post(client, "/dashboard/rules", ("token", token), ("action", "save"), ("kind", "rule"), ("name", "no-lamps"), ("version", "1"), ("content", "{}"));
        Assert.Equal(HttpStatusCode.Forbidden, save.StatusCode);
        using var revoke = await PageHost.Post(client, "/dashboard/keys/revoke", ("token", token), ("id", (await host.Desk.Store.Keys.List())[0].Id));
        Assert.Equal(HttpStatusCode.Forbidden, revoke.StatusCode);
        Assert.Contains("lamps", (await host.Desk.Store.Documents.Get("rule", "no-lamps"))!.Content!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_when_one_logs_out()
    {
        await using var host = await PageHost.Start();
        using var client = await host.LoggedIn(host.ReadKey);
        await host.Desk.Store.Keys.Revoke(host.ReadKey.Split('_')[1]);
        await PageHost.Get(client, "/dashboard", HttpStatusCode.Unauthorized);

        using var other = await host.LoggedIn(host.AdminKey);
        var token = PageHost.Token(await PageHost.Get(other, "/dashboard"));
        using var answer = await PageHost.Post(other, "/dashboard/logout", ("token", token));
        await PageHost.Get(other, "/dashboard", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_rule_is_tried_without_being_saved_and_saved_unless_somebody_was_faster()
    {
        await using var host = await PageHost.Start();
        using var client = await host.LoggedIn(host.AdminKey);
        var token = PageHost.Token(await PageHost.Get(client, "/dashboard/rules"));
        (string, string)[] fields = [("token", token), ("kind", "rule"), ("name", "no-tea"), ("version", "0"), ("content", "{\"filters\":[{\"where\":\"category = tea\"}]}"), ("user", "u1"), ("scenario", "home")];
        using var tried = await PageHost.Post(client, "/dashboard/rules", [.. fields, ("action", "try")]);
        var page = await tried.Content.ReadAsStringAsync();
        Assert.Contains("What it would change", page, StringComparison.Ordinal);
        Assert.Contains("items would come", page, StringComparison.Ordinal);
        Assert.Contains("class=\"moved up\"", page, StringComparison.Ordinal);
        PageRules.Hold(page, "a trial");
        Assert.Null(await host.Desk.Store.Documents.Get("rule", "no-tea"));

        using var saved = await PageHost.Post(client, "/dashboard/rules", [.. fields, ("action", "save")]);
        Assert.Contains("Saved", await saved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var late = await PageHost.Post(client, "/dashboard/rules", [.. fields, ("action", "save")]);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Somebody else changed this", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var wrong = await PageHost.Post(client, "/dashboard/rules", ("token", token), ("kind", "rule"), ("name", "x"), ("version", "0"), ("content", "{ no"), ("action", "try"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("role=\"alert\"", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var gone = await PageHost.Post(client, "/dashboard/rules", ("token", token), ("kind", "rule"), ("name", "no-tea"), ("version", "1"), ("content", "{}"), ("action", "delete"));
        Assert.Null(await host.Desk.Store.Documents.Get("rule", "no-tea"));
    }

    [Fact]
    public async Task What_was_asked_wrongly_is_said_on_the_page()
    {
        await using var host = await PageHost.Start();
        using var client = await host.LoggedIn(host.ReadKey);
        Assert.Contains("there is no scenario", await PageHost.Get(client, "/dashboard/user?user=u1&scenario=nowhere", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("There is no rule of the name", await PageHost.Get(client, "/dashboard/rules?kind=rule&name=nothing", HttpStatusCode.NotFound), StringComparison.Ordinal);
        await PageHost.Get(client, "/assets/x/Dashboard/../../secret", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Files_of_pages_may_be_kept_and_are_named_by_their_content()
    {
        await using var host = await PageHost.Start();
        using var client = host.Client();
        foreach (var name in new[] { "Dashboard/dashboard.css", "Dashboard/dashboard.js", "Dashboard/icon.svg", "Storefront/storefront.css" })
        {
            using var answer = await client.GetAsync(new Uri(PageAssets.Url(name), UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }
}
