using Microsoft.Playwright;

namespace Sundry.Tests.Serving;

/// <summary>The pages in a real browser: they look as they should, run under their policy, and can be used without a mouse, in the dark and on a phone.</summary>
public sealed class BrowserTests
{
    private static readonly (string Name, string Path)[] s_pages =
    [
        ("overview", "/dashboard"), ("model", "/dashboard/model"), ("user", "/dashboard/user?user=u1"), ("item", "/dashboard/item?item=i3"), ("rules", "/dashboard/rules?kind=rule&name=no-lamps"),
        ("quality", "/dashboard/quality"), ("keys", "/dashboard/keys"), ("shop-home", "/"), ("shop-item", "/shop/item/i3"), ("shop-cart", "/shop/cart"),
    ];

    [SkippableTheory]
    [InlineData("light", 1280), InlineData("dark", 1280), InlineData("phone", 360)]
    public async Task Pages_render_without_complaints_and_fit(string look, int width)
    {
        await using var browser = await Chromium.Start();
        var clock = new TestClock();
        await using var host = await PageHost.Start(clock);
        SamplePulse.Fill(host.Desk.Pulse, clock);
        var page = await browser.Open(host.Root, width, scheme: look == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        await LogIn(page, host.AdminKey);
        foreach (var (name, path) in s_pages)
        {
            await page.GotoAsync(path);
            var (wide, inner) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("innerWidth"));
            Assert.True(wide <= inner, $"{path} is {wide} px wide in a window of {inner}");
            var ground = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
            Assert.Equal(look == "dark", int.Parse(ground.Split('(', ',')[1]) < 80);
            await Chromium.Picture(page, $"{name}-{look}");
        }

        Assert.Empty(browser.Complaints);
    }

    [SkippableFact]
    public async Task The_dashboard_is_used_by_keyboard_alone()
    {
        await using var browser = await Chromium.Start();
        await using var host = await PageHost.Start();
        var page = await browser.Open(host.Root);
        await page.GotoAsync("/dashboard");
        await Assertions.Expect(page.Locator("input[name=key]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(host.AdminKey);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/dashboard");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Overview");

        // the first thing to reach leads past the navigation
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));

        await page.GotoAsync("/dashboard");
        for (var i = 0; i < 30 && await page.EvaluateAsync<string>("document.activeElement.textContent") != "Rules"; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        }

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/dashboard/rules");
        await page.FocusAsync("#name");
        await page.Keyboard.TypeAsync("no-tea");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("{\"filters\":[{\"where\":\"category = tea\"}]}");
        await page.FocusAsync("button[value=try]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#trial-result")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#trial-result [role=status]")).ToContainTextAsync("would");
        await Chromium.Picture(page, "rules-trial-light");
        Assert.Empty(browser.Complaints);
    }

    [SkippableFact]
    public async Task Colours_are_chosen_and_kept_and_the_overview_updates_itself()
    {
        await using var browser = await Chromium.Start();
        await using var host = await PageHost.Start();
        var page = await browser.Open(host.Root);
        await LogIn(page, host.ReadKey);
        await page.ClickAsync("[data-theme-toggle]");
        Assert.Equal("rgb(20, 23, 27)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await page.ReloadAsync();
        Assert.Equal("rgb(20, 23, 27)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await page.EvaluateAsync("document.activeElement.blur()");
        SamplePulse.Minute(host.Desk.Pulse, host.Desk.Clock.GetUtcNow().ToUnixTimeMilliseconds(), 3);
        await Assertions.Expect(page.Locator("[data-live]")).ToContainTextAsync("POST /v1/recommend");
        await page.ClickAsync("[data-live-toggle]");
        await Assertions.Expect(page.Locator("[data-live-toggle]")).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Empty(browser.Complaints);
    }

    [SkippableFact]
    public async Task A_foreign_script_does_not_run()
    {
        await using var browser = await Chromium.Start();
        await using var host = await PageHost.Start();
        var page = await browser.Open(host.Root);
        await LogIn(page, host.ReadKey);
        await page.EvaluateAsync("() => { const s = document.createElement('script'); s.textContent = 'window.taken = true'; document.head.append(s); }");
        Assert.Null(await page.EvaluateAsync<bool?>("window.taken ?? null"));
        Assert.Contains(browser.Complaints, c => c.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Clicking_and_buying_changes_what_the_shop_shows()
    {
        await using var browser = await Chromium.Start();
        await using var host = await PageHost.Start();
        var page = await browser.Open(host.Root);
        await page.GotoAsync("/");
        await page.SelectOptionAsync("#visitor", "u2");
        await page.ClickAsync("text=Switch");
        await page.Locator(".product a").Nth(4).ClickAsync();
        var title = await page.Locator("h1").TextContentAsync();
        await page.ClickAsync("text=Buy now");
        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("1 item bought");
        await Assertions.Expect(page.Locator(".cards")).Not.ToContainTextAsync(title!);
        Assert.True(await page.EvaluateAsync<bool>("[...document.images].slice(0, 4).every(i => i.complete && i.naturalWidth > 0)"));
        Assert.Empty(browser.Complaints);
    }

    private static async Task LogIn(IPage page, string key)
    {
        await page.GotoAsync("/dashboard");
        await page.FillAsync("#key", key);
        await page.ClickAsync("form.login button");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
    }
}
