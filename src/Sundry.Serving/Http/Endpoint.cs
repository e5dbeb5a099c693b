using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sundry.Serving;

/// <summary>How endpoints are declared, and answers written.</summary>
internal static class Endpoint
{
    /// <summary>Maps a path: what it needs, and what <c>/openapi.json</c> says of it.</summary>
    public static RouteHandlerBuilder Route(this IEndpointRouteBuilder routes, string method, string path, KeyScopes scope, string summary, RequestDelegate handle) => routes
        .MapMethods(path, [method], (Delegate)handle)
        .WithMetadata(new NeededScope(scope))
        .WithSummary(summary)
        .WithName($"{method.ToLowerInvariant()}{string.Concat(path.Split('/', ':', '{', '}', '-').Where(p => p.Length > 0).Select(p => char.ToUpperInvariant(p[0]) + p[1..]))}")
        .Produces<Problem>(400, "application/problem+json")
        .Produces<Problem>(401, "application/problem+json")
        .Produces<Problem>(403, "application/problem+json")
        .Produces<Problem>(503, "application/problem+json");

    /// <summary>Answers with JSON.</summary>
    public static async Task Json<T>(this HttpContext http, T value, int status = 200)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options);
        await http.Json(body, status);
    }

    /// <summary>Answers with bytes that are JSON.</summary>
    public static async Task Json(this HttpContext http, ReadOnlyMemory<byte> body, int status = 200)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>An id of the path.</summary>
    public static string Id(this HttpContext http, string name = "id") => (string)http.Request.RouteValues[name]!;

    /// <summary>A whole number of the query; the usual where it is not given.</summary>
    /// <exception cref="ProblemException">It is none, or out of its range.</exception>
    public static int Number(this HttpContext http, string name, int usual, int least, int most)
    {
        var text = http.Request.Query[name];
        if (text.Count == 0) return usual;
        return text.Count == 1 && int.TryParse(text[0], System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw ProblemException.Field(name, $"'{name}' in the query is no whole number from {least} to {most}");
    }
}
