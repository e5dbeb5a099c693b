using Microsoft.Playwright;

namespace Sundry.Tests.Serving;

/// <summary>An installed Chromium without a window; tests are skipped where there is none, and none is ever downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>What pages complained about: errors of the console, scripts that failed, files that did not come, broken policies.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Chromium> Start()
    {
        var place = s_places.FirstOrDefault(File.Exists);
        Skip.If(place is null, "no Chromium is installed (apt-get install chromium)");
        // other tests have the processors too
        Assertions.SetDefaultExpectTimeout(30_000);
        var playwright = await Playwright.CreateAsync();
        try
        {
            return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = place, Headless = true, Args = ["--no-sandbox", "--disable-gpu"], Timeout = 60_000 }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>A window of a size, with cookies of its own.</summary>
    public async Task<IPage> Open(Uri root, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new() { BaseURL = root.ToString(), ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            // a status of 400 and more is an answer that a test may want
            if (message.Type is "error" && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)) Complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Add($"{page.Url}: {error}");
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure != "net::ERR_ABORTED") Complaints.Add($"{request.Url}: {request.Failure}");
        };
        return page;
    }

    /// <summary>Keeps a picture of a page among the build's results, to be looked at.</summary>
    public static async Task Picture(IPage page, string name, bool whole = true)
    {
        var folder = Path.Combine(House.Checkout.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
