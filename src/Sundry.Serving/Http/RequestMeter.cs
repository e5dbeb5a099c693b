using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sundry.Serving;

/// <summary>Measures every request, by the pattern of its path: an id is no label.</summary>
internal sealed class RequestMeter(RequestDelegate next, RunningShop shop)
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
            var took = Stopwatch.GetElapsedTime(start);
            var method = HttpMethods.IsGet(http.Request.Method) ? "GET" : HttpMethods.IsPost(http.Request.Method) ? "POST" : HttpMethods.IsPut(http.Request.Method) ? "PUT" : "other";
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            HttpInstruments.Requests.Record(took.TotalSeconds, new("method", method), new("route", route), new("status", http.Response.StatusCode));
            // those who look at the dashboard do not want to see themselves
            if (shop.Ready && !ShopPages.IsAside(route)) shop.Server.Pulse.Requested($"{method} {route}", http.Response.StatusCode, took);
        }
    }
}
