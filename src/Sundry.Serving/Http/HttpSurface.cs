using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// The way of every request: is there room, who asks, may they, is the question well formed; then the route's own work; and whatever goes wrong becomes a problem with a status.
/// </summary>
internal sealed class HttpSurface
{
    private const int FailedKeysPerSecond = 20;
    private const int BulkFactor = 10;
    private const int ClientGone = 499;
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(1);

    private readonly Func<IShopCalls?> _shop;
    private readonly RateLimits _rates;
    private readonly RateLimits _failedKeys;
    private readonly ILogger _log;
    private readonly Lock _keys = new();
    private KeyRing? _ring;
    private MetricsText? _metrics;
    private int _working;

    /// <summary>Creates it.</summary>
    /// <param name="shop">Gives the shop; null while it is being opened.</param>
    /// <param name="options">What is taken.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="log">Where requests and faults are logged.</param>
    public HttpSurface(Func<IShopCalls?> shop, HttpOptions options, TimeProvider clock, ILogger log)
    {
        (_shop, Options, Clock, _log) = (shop, options, clock, log);
        Bodies = new BodyBudget(options.BodiesBytes);
        _rates = new RateLimits(options.RequestsPerSecond, clock);
        _failedKeys = new RateLimits(FailedKeysPerSecond, clock);
        Routes = [.. EventRoutes.All, .. EntityRoutes.All, .. FriendRoutes.All, .. AskRoutes.All, .. DocumentRoutes.All, .. KeyRoutes.All, .. ModelRoutes.All, .. StateRoutes.All];
    }

    /// <summary>What is taken.</summary>
    public HttpOptions Options { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>All bodies that are held.</summary>
    public BodyBudget Bodies { get; }

    /// <summary>All routes.</summary>
    public IReadOnlyList<HttpRoute> Routes { get; }

    /// <summary>What the interface says of itself, once it was asked.</summary>
    public byte[]? OpenApi { get; set; }

    /// <summary>What is measured, from the first call on.</summary>
    public MetricsText Metrics => _metrics ??= new MetricsText();

    /// <summary>The logger.</summary>
    public ILogger Log => _log;

    /// <summary>Whether the server is about to stop, so that nobody should send it more.</summary>
    public bool Draining { get; set; }

    /// <summary>The shop where it is open.</summary>
    public IShopCalls? Shop => _shop();

    /// <summary>Where what was mapped begins, without the paths below <c>/v1</c>.</summary>
    public string Prefix { get; set; } = "/v1";

    /// <summary>Keys that were found right.</summary>
    public KeyRing Keys(IShopCalls shop)
    {
        if (_ring is { } there) return there;
        lock (_keys) return _ring ??= new KeyRing(shop.Store.Keys, TimeSpan.FromMilliseconds(Options.KeysKeptMs), Clock);
    }

    /// <summary>Answers a request.</summary>
    public async Task Run(HttpContext http, HttpRoute route)
    {
        var started = Stopwatch.GetTimestamp();
        var key = "-";
        using var span = HttpSpans.Start(http, route);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        time.CancelAfter(TimeSpan.FromSeconds(Options.TimeoutSeconds) * (route.Bulk ? BulkFactor : 1));
        var working = Interlocked.Increment(ref _working);
        try
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.CacheControl = "no-store";
            if (working > Options.Concurrent && !route.Always) throw new ProblemException(new Problem(503, "busy", "the server works on as many requests as it may", "send it again after the time in Retry-After") { RetryAfter = s_soon });
            var shop = Shop;
            if (shop is null && !route.Always) throw new ProblemException(new Problem(503, "starting", "the shop is being read", "send it again after the time in Retry-After; /health/ready tells when it is done") { RetryAfter = s_soon });
            Local(http);
            if (route.Scope != KeyScopes.None && !Options.Open) key = await Authorise(http, shop!, route.Scope, time.Token);
            CheckQuery(http, route);
            CheckBody(http, route);
            await route.Run(new HttpCall(http, this, shop!, time.Token));
        }
#pragma warning disable CA1031 // every failure is answered
        catch (Exception e)
        {
            await Fail(http, route, e, time.Token);
        }
#pragma warning restore CA1031
        finally
        {
            Interlocked.Decrement(ref _working);
            var took = Stopwatch.GetElapsedTime(started);
            var status = http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted ? ClientGone : http.Response.StatusCode;
            HttpMeters.Request(route.Method, route.Pattern, status, took);
            HttpSpans.End(span, status);
            if (!route.Always && _log.IsEnabled(LogLevel.Information))
                HttpLog.Request(_log, route.Method, route.Pattern, status, Math.Round(took.TotalMilliseconds, 3), key, Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
        }
    }

    private async Task Fail(HttpContext http, HttpRoute route, Exception e, CancellationToken time)
    {
        if (http.RequestAborted.IsCancellationRequested) return;
        var problem = e switch
        {
            ProblemException known => known.Problem,
            InputException wrong => Problem.Of(422, "not_possible", wrong.Message),
            StoreUnavailableException gone => new Problem(503, "store_unavailable", gone.Message, "send it again after the time in Retry-After; what was acknowledged is kept, and events with ids count once") { RetryAfter = gone.RetryAfter },
            BadHttpRequestException bad => new Problem(bad.StatusCode, bad.StatusCode == 413 ? "body_too_large" : "bad_request", "the request is cut off, too slow, too large or not HTTP", "send it whole, within the limits of /openapi.json"),
            OperationCanceledException when time.IsCancellationRequested => new Problem(503, "too_slow", "it took longer than a request may", "send it again after the time in Retry-After, or less of it") { RetryAfter = s_soon },
            OperationCanceledException => new Problem(503, "stopping", "the server stops", "send it again after the time in Retry-After") { RetryAfter = s_soon },
            _ => new Problem(500, "fault", "this is a fault of Sundry's", "please report it, with the trace and what the log says of it"),
        };
        if (problem.Status == 500) HttpLog.Fault(_log, route.Method, route.Pattern, e.GetType().Name, Where(e), Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
        if (e is StoreUnavailableException) HttpLog.Unavailable(_log, e.Message);
        try
        {
            await problem.Write(http);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // nobody listens any more
        }
    }

    private async ValueTask<string> Authorise(HttpContext http, IShopCalls shop, KeyScopes scope, CancellationToken cancel)
    {
        var sent = http.Request.Headers["X-Api-Key"].ToString();
        if (sent.Length == 0 && http.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) sent = header[7..].Trim();
        var from = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var key = sent.Length == 0 ? null : await Keys(shop).Find(sent, cancel);
        if (key is null)
        {
            if (sent.Length > 0 && _failedKeys.Take(from) is { } wait) throw TooOften(wait);
            http.Response.Headers.WWWAuthenticate = "Bearer";
            throw new ProblemException(sent.Length == 0
                ? new Problem(401, "no_key", "the request has no key", "send the header 'Authorization: Bearer sundry_…'; 'sundry keys new' makes a key") { Field = "Authorization" }
                : new Problem(401, "wrong_key", "the key opens nothing: it is unknown or was revoked", "send a key that 'sundry keys list' shows as open") { Field = "Authorization" });
        }

        if (!key.Scopes.HasFlag(scope))
            throw new ProblemException(new Problem(403, "wrong_scope", $"the key opens {KeyScopeNames.Text(key.Scopes)} and not {KeyScopeNames.Text(scope)}", $"use a key with the scope {KeyScopeNames.Text(scope)}"));
        return _rates.Take(key.Id) is { } after ? throw TooOften(after) : key.Id;
    }

    // without keys, a page in somebody's browser must not be able to ask by a name that leads here
    private void Local(HttpContext http)
    {
        if (!Options.Open || !GuardsHost) return;
        var sent = http.Request.Host.Host;
        if (sent is "127.0.0.1" or "localhost") return;
        var host = sent.Trim('[', ']');
        if (!(IPAddress.TryParse(host, out var address) ? IPAddress.IsLoopback(address) : host.Equals("localhost", StringComparison.OrdinalIgnoreCase)))
            throw new ProblemException(new Problem(403, "wrong_host", "the server has no keys and answers on this machine's own names alone", "ask for localhost, or start it with keys") { Field = "Host" });
    }

    /// <summary>Whether an open interface answers to the names of this machine alone; not where an application around it decides who may ask.</summary>
    public bool GuardsHost { get; set; } = true;

    private static void CheckQuery(HttpContext http, HttpRoute route)
    {
        if (!http.Request.QueryString.HasValue) return;
        foreach (var name in http.Request.Query.Keys)
        {
            if (route.Query.ContainsKey(name)) continue;
            var cut = JsonFault.Cut(name);
            var near = NearestName.Of(cut, route.Query.Keys);
            var mend = near is not null ? $"did you mean '{near}'?" : route.Query.Count == 0 ? "leave it out; this path takes none" : $"the parameters are {string.Join(", ", route.Query.Keys)}";
            throw new ProblemException(new Problem(400, "unknown_parameter", $"there is no parameter '{cut}'", mend) { Field = cut });
        }
    }

    private static void CheckBody(HttpContext http, HttpRoute route)
    {
        var headers = http.Request.Headers;
        var answers = headers.Accept.ToString();
        if (answers.Length > 0 && !Accepts(answers, route.AnswerType)) throw new ProblemException(new Problem(406, "not_acceptable", $"the answer is {route.AnswerType}, which 'Accept' does not name", $"send 'Accept: {route.AnswerType}', or leave it out") { Field = "Accept" });
        if (route.Takes.Count == 0) return;
        if (headers.ContentEncoding.Count > 0 && headers.ContentEncoding != "identity") throw new ProblemException(new Problem(415, "encoded", "the body is compressed", "send it as it is") { Field = "Content-Encoding" });
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        var type = http.Request.ContentType;
        if (type == HttpRoute.Json && ReferenceEquals(route.Takes[0], HttpRoute.Json)) return;
        type = type?.Split(';')[0].Trim();
        if (type is null || !route.Takes.Contains(type, StringComparer.OrdinalIgnoreCase))
            throw new ProblemException(new Problem(415, "wrong_media_type", type is null ? "the body has no media type" : "the body's media type is not taken here", $"send 'Content-Type: {string.Join("' or '", route.Takes)}'") { Field = "Content-Type" });
    }

    private static bool Accepts(string header, string type) => header.Length > 1_000 || header.Split(',').Any(part =>
        part.Split(';')[0].Trim() is var range && (range == "*/*" || range.Equals(type, StringComparison.OrdinalIgnoreCase) || (range.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(range[..^1], StringComparison.OrdinalIgnoreCase))
            || range.Equals("application/json", StringComparison.OrdinalIgnoreCase) || range.Equals(Problem.MediaType, StringComparison.OrdinalIgnoreCase)));

    private static ProblemException TooOften(TimeSpan after) => new(new Problem(429, "too_often", "there are more requests a second than may be", "send it again after the time in Retry-After, and more in one request: batches, NDJSON") { RetryAfter = after });

    // the stack without the message, which may hold what was sent
    private static string Where(Exception e) => string.Join(" < ", new StackTrace(e).GetFrames().Take(8).Select(f => f.GetMethod() is { } m ? $"{m.DeclaringType?.Name}.{m.Name}" : "?"));
}
