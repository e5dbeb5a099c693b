using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sundry.Serving;

/// <summary>Measures every request, by the pattern of its path: an id is no label.</summary>
internal sealed class RequestMeter(RequestDelegate next)
{
    public async Task Invoke(HttpContext http)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            HttpInstruments.Requests.Record(Stopwatch.GetElapsedTime(start).TotalSeconds,
                new("method", HttpMethods.IsGet(http.Request.Method) ? "GET" : HttpMethods.IsPost(http.Request.Method) ? "POST" : HttpMethods.IsPut(http.Request.Method) ? "PUT" : "other"),
                new("route", (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none"),
                new("status", http.Response.StatusCode));
        }
    }
}
