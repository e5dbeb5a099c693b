using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Turns whatever goes wrong with a request into a problem; nothing of it names the program's inside.</summary>
internal sealed partial class ProblemWriter(RequestDelegate next, ILogger<ProblemWriter> log)
{
    private static readonly Dictionary<int, (string Type, string Title, string? Mend)> s_byStatus = new()
    {
        [400] = ("bad-request", "The request is not right", null),
        [404] = ("not-found", "There is no such path", "look at /openapi.json for those that there are"),
        [405] = ("method-not-allowed", "The path does not know this method", "use one of those that the header Allow names"),
        [408] = ("too-slow", "The body did not come in time", "send it faster, or in smaller parts"),
        [413] = ("too-large", "The body is too large", "send it in smaller parts"),
        [415] = ("media-type", "The body is of another kind", "send application/json"),
        [431] = ("headers-too-large", "The headers are too large", "send fewer"),
    };

    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400 } && http.Response.ContentLength is null && http.Response.ContentType is null) await Write(http, OfStatus(http.Response.StatusCode, null));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // nobody is left to be told
        }
#pragma warning disable CA1031 // the last place that can answer
        catch (Exception e) when (!http.Response.HasStarted)
#pragma warning restore CA1031
        {
            var problem = Of(e);
            if (problem.Status == 500) LogFault(log, http.Request.Method, Route(http), e);
            if (e is StoreUnavailableException unavailable) http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(unavailable.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Write(http, problem);
        }
    }

    /// <summary>Writes a problem as the answer.</summary>
    public static async Task Write(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/problem+json";
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Options);
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static Problem Of(Exception error) => error switch
    {
        ProblemException e => e.Problem,
        InputException e => new Problem { Type = "/problems/wrong-input", Title = "The request is not right", Status = 400, Detail = e.Message },
        StoreUnavailableException e => new Problem
        {
            Type = "/problems/store-unavailable",
            Title = "The store cannot do it just now",
            Status = 503,
            Detail = e.Message,
            Mend = "send the same again after the seconds in Retry-After; nothing of it was acknowledged",
        },
        BadHttpRequestException e => OfStatus(e.StatusCode, null),
        OperationCanceledException or TimeoutException => new Problem { Type = "/problems/too-slow", Title = "It took too long", Status = 503, Detail = "the request was given up", Mend = "try again" },
        _ => new Problem { Type = "/problems/fault", Title = "This is a fault of Sundry's", Status = 500, Detail = "the server's log says more; please report it" },
    };

    private static Problem OfStatus(int status, string? detail) => s_byStatus.TryGetValue(status, out var known)
        ? new Problem { Type = "/problems/" + known.Type, Title = known.Title, Status = status, Detail = detail, Mend = known.Mend }
        : new Problem { Type = "/problems/bad-request", Title = "The request cannot be answered", Status = status, Detail = detail };

    // the path holds ids; its pattern does not
    private static string Route(HttpContext http) => (http.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "no route";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed")]
    private static partial void LogFault(ILogger log, string method, string route, Exception error);
}
