using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sundry.Serving;

/// <summary>Lets a request through that shows a key with the endpoint's scope, comes not too often, and finds the server not too busy.</summary>
internal sealed class KeyGate : IDisposable
{
    private const string Bearer = "Bearer ";
    private const int MostLimited = 10_000;

    private readonly RequestDelegate _next;
    private readonly HttpLimits _limits;
    private readonly ConcurrentDictionary<string, TokenBucketRateLimiter> _rates = [];
    private int _under;

    public KeyGate(RequestDelegate next, HttpLimits limits) => (_next, _limits) = (next, limits);

    public async Task Invoke(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<NeededScope>() is not { } needed)
        {
            await _next(http);
            return;
        }

        var key = _limits.Open ? "" : (await Key(http, needed.Scope)).Id;
        using var lease = Rate(key).AttemptAcquire();
        if (!lease.IsAcquired)
        {
            http.Response.Headers.RetryAfter = "1";
            throw new ProblemException(new Problem
            {
                Type = "/problems/too-often",
                Title = "Too many requests",
                Status = 429,
                Detail = $"the key has sent more than {_limits.RequestsPerSecond} requests a second",
                Mend = "wait for the seconds in Retry-After, or send several events, items or questions in one request",
            });
        }

        try
        {
            if (Interlocked.Increment(ref _under) > _limits.UnderWay)
            {
                http.Response.Headers.RetryAfter = "1";
                throw new ProblemException(new Problem
                {
                    Type = "/problems/busy",
                    Title = "The server is busy",
                    Status = 503,
                    Detail = $"{_limits.UnderWay} requests are under way already",
                    Mend = "send the same again after the seconds in Retry-After",
                });
            }

            await _next(http);
        }
        finally
        {
            Interlocked.Decrement(ref _under);
        }
    }

    public void Dispose()
    {
        foreach (var rate in _rates.Values) rate.Dispose();
    }

    private static async Task<ApiKey> Key(HttpContext http, KeyScopes scope)
    {
        var text = http.Request.Headers.Authorization.ToString() is { } header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : http.Request.Headers["X-Api-Key"].ToString();
        if (text.Length == 0)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            throw new ProblemException(new Problem
            {
                Type = "/problems/no-key",
                Title = "A key is needed",
                Status = 401,
                Detail = "the request shows no key",
                Field = "Authorization",
                Mend = "send the header Authorization: Bearer sundry_…; the first key was printed when the server first started",
            });
        }

        if (await http.RequestServices.GetRequiredService<KeyRing>().Find(text, http.RequestAborted) is not { } key)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            throw new ProblemException(new Problem
            {
                Type = "/problems/wrong-key",
                Title = "The key opens nothing",
                Status = 401,
                Detail = "the key is not known, or was revoked",
                Field = "Authorization",
                Mend = "ask whoever runs the server for another",
            });
        }

        if ((key.Scopes & (scope | KeyScopes.Admin)) == 0)
        {
            throw new ProblemException(new Problem
            {
                Type = "/problems/scope",
                Title = "The key does not open this",
                Status = 403,
                Detail = $"this needs the scope {scope.ToString().ToLower(CultureInfo.InvariantCulture)}",
                Field = "Authorization",
                Mend = "use a key with that scope; POST /v1/keys makes one",
            });
        }

        return key;
    }

    private TokenBucketRateLimiter Rate(string key)
    {
        if (_rates.TryGetValue(key, out var known)) return known;
        if (_rates.Count >= MostLimited) _rates.Clear();
        return _rates.GetOrAdd(key, _ => new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2 * _limits.RequestsPerSecond,
            TokensPerPeriod = Math.Max(1, _limits.RequestsPerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        }));
    }
}
