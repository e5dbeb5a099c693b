using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Sundry.Serving;

namespace Sundry.Tests;

/// <summary>A small shop behind a real web server on a free port of this machine, and a way to ask it.</summary>
public class HttpShop : IAsyncLifetime, IAsyncDisposable
{
    private AnswerShop? _shop;
    private ShopHost? _host;

    internal bool WithModel { get; init; }

    internal ServeOptions? Serve { get; init; }

    internal HttpOptions Options { get; init; } = new() { RequestsPerSecond = 0, KeysKeptMs = 60_000 };

    internal TextWriter? Log { get; init; }

    /// <summary>Where its store is; a file of its own where null.</summary>
    internal string? Place { get; init; }

    /// <summary>The clock of the shop.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How its store is opened.</summary>
    internal StoreOptions Store { get; init; } = new();

    /// <summary>Asked before each call of the shop; what it throws is what the call ends with.</summary>
    internal Action<string>? Before { get; set; }

    internal bool Opening { get; set; }

    /// <summary>What is asked; skips the calling test where it could not be opened for want of a database.</summary>
    internal AnswerShop Shop
    {
        get
        {
            Skip.If(_shop is null, "needs PostgreSQL: apt-get install postgresql");
            return _shop!;
        }
    }

    internal ShopHost Host => _host!;

    internal HttpClient Http { get; private set; } = new();

    /// <summary>A key that opens everything.</summary>
    internal string Key { get; private set; } = "";

    public virtual async Task InitializeAsync()
    {
        _shop = await AnswerShop.Open(WithModel, Clock, Serve, place: Place, store: Store);
        Key = (await _shop.Store.Keys.Create("all", KeyScopes.Ingest | KeyScopes.Read | KeyScopes.Admin)).Text;
        var calls = DispatchProxy.Create<IShopCalls, Watched>();
        (((Watched)(object)calls).Inner, ((Watched)(object)calls).Before) = (new ServerCalls(_shop.Server), name => Before?.Invoke(name));
        _host = await ShopHost.StartCalls(() => Opening ? null : calls, ListenAddress.Parse("127.0.0.1:0"), Options, Log, TimeProvider.System, null, default);
        Http = new HttpClient { BaseAddress = _host.Address, Timeout = TimeSpan.FromMinutes(3) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        if (_shop is not null) await _shop.DisposeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks, and gives the status, the body as JSON where it is, and the whole answer.</summary>
    internal async Task<(int Status, JsonElement Json, HttpResponseMessage Answer)> Ask(string method, string path, string? body = null, string type = "application/json", params (string Name, string Value)[] headers)
    {
        Assert.NotNull(Shop);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = type.Length > 0 ? MediaTypeHeaderValue.Parse(type) : null } };
        foreach (var (name, value) in headers)
        {
            if (name == "Authorization") request.Headers.Authorization = null;
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var json = text.Length > 0 && answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && !text.Contains('\n', StringComparison.Ordinal) ? JsonDocument.Parse(text).RootElement : default;
        return ((int)answer.StatusCode, json, answer);
    }

    /// <summary>Asserts that a request ends with a problem, and gives it.</summary>
    internal async Task<JsonElement> Problem(int status, string kind, string method, string path, string? body = null, string type = "application/json", params (string Name, string Value)[] headers)
    {
        var (got, json, answer) = await Ask(method, path, body, type, headers);
        Assert.True(got == status, $"{method} {path} ended with {got}: {await answer.Content.ReadAsStringAsync()}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"urn:sundry:problem:{kind}", json.GetProperty("type").GetString());
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        Assert.NotEqual("", json.GetProperty("detail").GetString());
        Assert.NotEqual("", json.GetProperty("mend").GetString());
        if (status is 429 or 503) Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        return json;
    }

#pragma warning disable CA1852 // a proxy is derived from it when it is made
    internal class Watched : DispatchProxy
#pragma warning restore CA1852
    {
        public object Inner { get; set; } = null!;

        public Action<string> Before { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            try
            {
                Before(targetMethod!.Name);
                return targetMethod.Invoke(Inner, args);
            }
            catch (TargetInvocationException e)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException!);
                throw;
            }
        }
    }
}
