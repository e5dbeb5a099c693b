using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sundry.Serving;

/// <summary>
/// A span for each request, named by method and route as OpenTelemetry's conventions have it. Paths, queries, keys and addresses are in none: they name people.
/// </summary>
internal static class HttpSpans
{
    /// <summary>Begins a span; null where nobody listens, and for what only says that the server is there.</summary>
    public static Activity? Start(HttpContext http, HttpRoute route)
    {
        if (route.Always || !Instruments.Activities.HasListeners()) return null;
        // the application's own span, where one is recorded; else the caller's, as the request says it. What the web server makes for its log is in nobody's trace
        var parent = default(ActivityContext);
        if (Activity.Current is { Source.Name.Length: > 0 } own) parent = own.Context;
        else if (ActivityContext.TryParse(http.Request.Headers.TraceParent, http.Request.Headers.TraceState, isRemote: true, out var callers)) parent = callers;
        var before = Activity.Current;
        Activity.Current = null;
        var span = Instruments.Activities.StartActivity($"{route.Method} {route.Pattern}", ActivityKind.Server, parent);
        if (span is null) Activity.Current = before;
        return span?.SetTag("http.request.method", route.Method).SetTag("http.route", route.Pattern).SetTag("url.scheme", http.Request.Scheme);
    }

    /// <summary>Says how it ended.</summary>
    public static void End(Activity? span, int status)
    {
        if (span is null) return;
        span.SetTag("http.response.status_code", status);
        if (status < 500) return;
        span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
        span.SetStatus(ActivityStatusCode.Error);
    }
}
