using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sundry.Serving;

/// <summary>Rules and scenarios, each with a version, and what they would do.</summary>
internal static class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder routes, RunningShop running, HttpLimits limits)
    {
        foreach (var kind in (string[])["rule", "scenario"])
        {
            routes.Route("GET", $"/{kind}s", KeyScopes.Read, $"All {kind}s that are kept in the store", async http =>
                await http.Json(new { Documents = (await running.Server.Store.Documents.List(kind, http.RequestAborted)).Select(d => new { d.Name, d.Version, Content = Element(d) }) }));

            routes.Route("GET", $"/{kind}s/{{id}}", KeyScopes.Read, $"A {kind}; its version is in the ETag", async http =>
            {
                var document = await running.Server.Store.Documents.Get(kind, http.Id(), http.RequestAborted) ?? throw ProblemException.NotFound(kind, http.Id());
                Tag(http, document);
                await http.Json(System.Text.Encoding.UTF8.GetBytes(document.Content!));
            });

            routes.Route("PUT", $"/{kind}s/{{id}}", KeyScopes.Admin, $"Saves a {kind} after looking it through; with If-Match only where it has that version, with If-None-Match: * only where there is none", async http =>
            {
                var body = await BodyReader.Read(http, limits.BodyBytes);
                var document = await running.Server.PutDocument(kind, http.Id(), System.Text.Encoding.UTF8.GetString(body.Span), Expected(http), http.RequestAborted) ?? throw ProblemException.Changed(kind, http.Id());
                Tag(http, document);
                http.Response.StatusCode = 204;
            }).Accepts<JsonElement>("application/json").Produces(204).Produces<Problem>(412, "application/problem+json");

            routes.Route("DELETE", $"/{kind}s/{{id}}", KeyScopes.Admin, $"Deletes a {kind}", async http =>
            {
                var expected = Expected(http);
                if (!await running.Server.DeleteDocument(kind, http.Id(), expected, http.RequestAborted)) throw expected is null ? ProblemException.NotFound(kind, http.Id()) : ProblemException.Changed(kind, http.Id());
                http.Response.StatusCode = 204;
            }).Produces(204).Produces<Problem>(412, "application/problem+json");
        }

        routes.Route("POST", "/scenarios/{id}:dry-run", KeyScopes.Read, "Answers as if a scenario or a rule had been saved", async http =>
        {
            var trial = await BodyReader.Read<DryRunRequest>(http, limits.BodyBytes);
            await http.Json(await running.Server.DryRun(trial.Request with { Scenario = http.Id() }, trial.Scenario?.GetRawText(), trial.Rule?.GetRawText(), http.RequestAborted));
        }).Accepts<DryRunRequest>("application/json").Produces<Answer>();
    }

    private static void Tag(HttpContext http, StoredDocument document) => http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{document.Version}\"");

    private static JsonElement Element(StoredDocument document)
    {
        using var json = JsonDocument.Parse(document.Content!);
        return json.RootElement.Clone();
    }

    private static int? Expected(HttpContext http)
    {
        if (http.Request.Headers.IfNoneMatch == "*") return 0;
        var tag = http.Request.Headers.IfMatch.ToString();
        if (tag.Length == 0 || tag == "*") return null;
        return int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
            : throw ProblemException.Field("If-Match", "the version in If-Match is none of an ETag", "send the ETag as it was received, such as \"3\"");
    }
}
