using System.Text.Json;
using Sundry.Models;

namespace Sundry.Serving;

/// <summary>Scenarios and rules: what people edit, in versions.</summary>
internal static class DocumentRoutes
{
    private const string Scenario = """{"sources":{"co_visited":80,"popular":40},"filter":"price < 200","relevance":0.8}""";
    private const string Rule = """{"filters":["age_limit >= 18 and not user.adult"],"caps":[{"by":"brand","at_most":3}],"scenarios":["home"]}""";
    private static readonly JsonSerializerOptions s_plain = new(BundleJson.Options) { WriteIndented = false };

    public static IReadOnlyList<HttpRoute> All { get; } =
    [
        .. Of("scenario", "scenarios", Scenario), .. Of("rule", "rules", Rule),
        new("POST", "/v1/scenarios/{name}:dry-run", KeyScopes.Admin, "Answers a request as if a scenario or a rule had been saved; nothing is kept", DryRun)
        {
            Body = WireJson.Strict.DryRunBody, Takes = [HttpRoute.Json], Example = $$"""{"request":{"user":"u-7","count":5},"scenario":{{Scenario}},"rule":{{Rule}}}""",
            Answer = """{"id":"dry-run","scenario":"home","items":[{"id":"p-3","score":0.2}],"model":null,"degraded":[],"position":1042,"took_ms":2.4}""",
        },
    ];

    private static HttpRoute[] Of(string kind, string plural, string example) =>
    [
        new("GET", $"/v1/{plural}", KeyScopes.Admin, $"All {plural}, with their versions" + (kind == "scenario" ? "; version 0 is built in or of the configuration" : ""), call => List(call, kind, plural))
        {
            Answer = $$"""{"{{plural}}":[{"name":"home","version":3,"content":{{example}}}]}""",
        },
        new("GET", $"/v1/{plural}/{{name}}", KeyScopes.Admin, $"The {kind}; its version is the ETag", call => Get(call, kind)) { Answer = $$"""{"name":"home","version":3,"content":{{example}}}""" },
        new("PUT", $"/v1/{plural}/{{name}}", KeyScopes.Admin, $"Saves the {kind}; with If-Match (an ETag) or If-None-Match (*) only where nobody else did meanwhile. The next answer goes by it", call => Put(call, kind))
        {
            Takes = [HttpRoute.Json], Example = example, Answer = """{"name":"home","version":4}""",
        },
        new("DELETE", $"/v1/{plural}/{{name}}", KeyScopes.Admin, $"Deletes the {kind}; with If-Match only in that version", call => Delete(call, kind)) { Status = 204 },
    ];

    private static async Task List(HttpCall call, string kind, string plural)
    {
        var stored = await call.Shop.Store.Documents.List(kind, call.Cancel);
        var names = stored.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray(plural);
            foreach (var document in stored) Document(json, document.Name, document.Version, document.Content!);
            if (kind == "scenario")
                foreach (var (name, options) in call.Shop.Scenarios)
                    if (!names.Contains(name)) Document(json, name, 0, JsonSerializer.Serialize(options, s_plain));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task Get(HttpCall call, string kind)
    {
        var name = call.Id();
        if (await call.Shop.Store.Documents.Get(kind, name, call.Cancel) is { } document)
        {
            call.Tag(document.Version);
            if (call.Http.Request.Headers.IfNoneMatch == $"\"{document.Version}\"")
            {
                call.Http.Response.StatusCode = 304;
                return;
            }

            await call.Json(json => Document(json, name, document.Version, document.Content!));
        }
        else if (kind == "scenario" && call.Shop.Scenarios.TryGetValue(name, out var options))
        {
            await call.Json(json => Document(json, name, 0, JsonSerializer.Serialize(options, s_plain)));
        }
        else
        {
            throw new ProblemException(Problem.NotFound(kind));
        }
    }

    private static async Task Put(HttpCall call, string kind)
    {
        var (name, expected) = (call.Id(), call.Expected());
        var content = await call.ReadObject(StoredDocuments.LongestContent);
        var document = await call.Shop.PutDocument(kind, name, content, expected, call.Cancel) ?? throw Changed(kind, expected);
        call.Tag(document.Version);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("version", document.Version);
            json.WriteEndObject();
        });
    }

    private static async Task Delete(HttpCall call, string kind)
    {
        var (name, expected) = (call.Id(), call.Expected());
        if (!await call.Shop.DeleteDocument(kind, name, expected, call.Cancel))
            throw expected is null or 0 || await call.Shop.Store.Documents.Get(kind, name, call.Cancel) is null ? new ProblemException(Problem.NotFound(kind)) : Changed(kind, expected);
        call.Http.Response.StatusCode = 204;
    }

    private static async Task DryRun(HttpCall call)
    {
        var name = call.Id(without: ":dry-run");
        var body = await call.Read(WireJson.Strict.DryRunBody);
        var request = (body.Request ?? new RecommendBody()).Request("request.");
        var answer = await call.Shop.DryRun(request with { Scenario = name }, body.Scenario, body.Rule, call.Cancel);
        await call.Json(json => AnswerJson.Answer(json, answer));
    }

    private static ProblemException Changed(string kind, int? expected) => new(expected == 0
        ? new Problem(412, "there_already", $"the {kind} is there already", "leave If-None-Match out, or send If-Match with its ETag")
        : new Problem(412, "changed", $"the {kind} is not there in that version", "get it again, make the change anew, and send its ETag in If-Match"));

    private static void Document(Utf8JsonWriter json, string name, int version, string content)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("version", version);
        json.WritePropertyName("content");
        json.WriteRawValue(content, skipInputValidation: true);
        json.WriteEndObject();
    }
}
