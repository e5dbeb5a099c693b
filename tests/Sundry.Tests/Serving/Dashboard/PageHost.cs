using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Sundry.Serving;

namespace Sundry.Tests.Serving;

/// <summary>The pages of a small shop on a free loopback port.</summary>
internal sealed partial class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageHost(WebApplication app, SampleDesk desk, string admin, string read, string ingest)
    {
        (_app, Desk, AdminKey, ReadKey, IngestKey) = (app, desk, admin, read, ingest);
        Root = new Uri(app.Urls.First());
    }

    public SampleDesk Desk { get; }

    public string AdminKey { get; }

    public string ReadKey { get; }

    public string IngestKey { get; }

    public Uri Root { get; }

    public static async Task<PageHost> Start(TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var desk = await SampleDesk.Open(time);
        var (_, admin) = await desk.Store.Keys.Create("operator", KeyScopes.Admin | KeyScopes.Read);
        var (_, read) = await desk.Store.Keys.Create("looker", KeyScopes.Read);
        var (_, ingest) = await desk.Store.Keys.Create("tracker", KeyScopes.Ingest);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        DashboardEndpoints.Map(app, desk, time);
        StorefrontEndpoints.Map(app, desk, time);
        await app.StartAsync();
        return new PageHost(app, desk, admin, read, ingest);
    }

    /// <summary>A browser without a screen: it keeps cookies and follows redirects only when it is told to.</summary>
    public HttpClient Client(bool follow = true) => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = follow }) { BaseAddress = Root };

    public async Task<HttpClient> LoggedIn(string key)
    {
        var client = Client();
        using var answer = await Post(client, "/dashboard/login", ("key", key));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return client;
    }

    public static async Task<HttpResponseMessage> Post(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await client.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    /// <summary>A page's text.</summary>
    public static async Task<string> Get(HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{path} answers {answer.StatusCode}: {text}");
        return text;
    }

    /// <summary>The token that a page's forms bring along.</summary>
    public static string Token(string page) => FormToken().Match(page).Groups[1].Value is { Length: > 0 } token ? token : throw new InvalidOperationException("the page has no form of a session");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Desk.Dispose();
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
