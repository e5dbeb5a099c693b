using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;

namespace Sundry.Serving;

/// <summary>The interface as OpenAPI 3.1 describes it, made of the routes themselves.</summary>
internal static partial class OpenApiDocument
{
    private static readonly (int Status, string Says)[] s_problems =
    [
        (400, "The request is not well formed: no JSON, an unknown field or parameter, a wrong type"),
        (401, "No key, or one that opens nothing"),
        (403, "The key does not open this"),
        (404, "There is no such thing"),
        (406, "The answer has another media type than those that are accepted"),
        (412, "Another version is there"),
        (413, "The body, or the number of its parts, is too large"),
        (415, "The body's media type is not taken here"),
        (422, "A field is missing, out of its range, or cannot be used"),
        (429, "More requests a second than may be; see Retry-After"),
        (503, "Not just now; see Retry-After"),
    ];

    /// <summary>The document.</summary>
    public static byte[] Bytes(HttpSurface surface) => JsonSerializer.SerializeToUtf8Bytes(Of(surface), JsonNodeOptions);

    private static JsonSerializerOptions JsonNodeOptions { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as nodes.</summary>
    public static JsonObject Of(HttpSurface surface)
    {
        var paths = new JsonObject();
        foreach (var path in surface.Routes.GroupBy(r => r.Pattern, StringComparer.Ordinal))
            paths[Path(path.Key, surface.Prefix)] = new JsonObject(path.Select(r => KeyValuePair.Create(r.Method.ToLowerInvariant(), (JsonNode?)Operation(r, surface))));
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Sundry", ["version"] = "1", ["summary"] = "A shop's recommendations, live", ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" } },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A key, sundry_…" },
                    ["header"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Api-Key" },
                },
                ["schemas"] = new JsonObject { ["problem"] = ProblemSchema() },
            },
        };
    }

    /// <summary>A route's path where what was mapped begins.</summary>
    public static string Path(string pattern, string prefix) => pattern.StartsWith("/v1/", StringComparison.Ordinal) ? prefix + pattern[3..] : pattern;

    private static JsonObject Operation(HttpRoute route, HttpSurface surface)
    {
        var operation = new JsonObject
        {
            ["operationId"] = Id(route),
            ["summary"] = route.Summary,
            ["tags"] = new JsonArray((JsonNode)Tag(route)),
        };
        var parameters = new JsonArray();
        foreach (Match name in Name().Matches(route.Pattern))
            parameters.Add((JsonNode)new JsonObject { ["name"] = name.Groups[1].Value, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = EventRules.LongestName } });
        foreach (var (name, means) in route.Query)
            parameters.Add((JsonNode)new JsonObject { ["name"] = name, ["in"] = "query", ["description"] = means, ["schema"] = new JsonObject { ["type"] = "integer" } });
        foreach (var header in Headers(route))
            parameters.Add((JsonNode)new JsonObject { ["name"] = header, ["in"] = "header", ["schema"] = new JsonObject { ["type"] = "string" } });
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (route.Takes.Count > 0) operation["requestBody"] = Body(route);
        var answers = new JsonObject { [route.Status.ToString()] = Answer(route) };
        foreach (var (status, says) in s_problems)
            if (Applies(route, status)) answers[status.ToString()] = ProblemAnswer(says);
        answers["default"] = ProblemAnswer("Anything else that goes wrong");
        operation["responses"] = answers;
        if (route.Scope != KeyScopes.None && !surface.Options.Open)
        {
            var scope = KeyScopeNames.Text(route.Scope);
            operation["description"] = $"Needs a key with the scope {scope}.";
            operation["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["header"] = new JsonArray() });
        }

        return operation;
    }

    private static JsonObject Body(HttpRoute route)
    {
        var content = new JsonObject();
        foreach (var type in route.Takes)
        {
            JsonNode? example = route.Example is null ? null : type == HttpRoute.Lines ? JsonValue.Create(Lines(route.Example)) : JsonNode.Parse(route.Example);
            var schema = type == HttpRoute.Lines ? new JsonObject { ["type"] = "string", ["description"] = "A JSON document a line" }
                : route.Body is null ? new JsonObject { ["type"] = "object", ["additionalProperties"] = true }
                : route.Pattern == "/v1/events" ? OneOrMany(route) : Schema(route);
            content[type] = new JsonObject { ["schema"] = schema, ["example"] = example };
        }

        return new JsonObject { ["required"] = true, ["content"] = content };
    }

    private static JsonObject Answer(HttpRoute route)
    {
        var answer = new JsonObject { ["description"] = route.Status == 204 ? "Done" : "As asked" };
        if (route.Status == 204) return answer;
        var media = new JsonObject();
        if (route.Answer is { } example) media["example"] = route.AnswerType == HttpRoute.Json ? JsonNode.Parse(example) : JsonValue.Create(example);
        else media["schema"] = new JsonObject { ["type"] = "object" };
        answer["content"] = new JsonObject { [route.AnswerType] = media };
        return answer;
    }

    private static JsonObject OneOrMany(HttpRoute route) => new()
    {
        ["oneOf"] = new JsonArray(Schema(route), new JsonObject { ["type"] = "array", ["items"] = Schema(route), ["maxItems"] = StoredEvents.MostPerBatch }),
    };

    private static JsonObject Schema(HttpRoute route)
    {
        // nodes have one parent: every use has its own
        var schema = JsonSchemaExporter.GetJsonSchemaAsNode(route.Body!, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (at, node) => at.PropertyInfo?.CustomConverter switch
            {
                TimeConverter => new JsonObject { ["type"] = new JsonArray("string", "number", "null"), ["description"] = "ISO 8601, or Unix seconds or milliseconds" },
                ObjectTextConverter => new JsonObject { ["type"] = new JsonArray("object", "null") },
                ContextConverter => new JsonObject { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") } },
                _ => node,
            },
        }).AsObject();
        return schema;
    }

    private static string Lines(string example)
    {
        if (!example.StartsWith('[')) return example;
        using var document = JsonDocument.Parse(example);
        return string.Join('\n', document.RootElement.EnumerateArray().Select(e => e.GetRawText()));
    }

    private static JsonObject ProblemAnswer(string says) => new()
    {
        ["description"] = says,
        ["content"] = new JsonObject { [Problem.MediaType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/problem" } } },
    };

    private static JsonObject ProblemSchema()
    {
        var properties = new JsonObject { ["status"] = new JsonObject { ["type"] = "integer" } };
        foreach (var (name, means) in new[]
        {
            ("type", "urn:sundry:problem:KIND"), ("title", "The kind in words"), ("detail", "What is wrong"), ("field", "The field, parameter or header that is meant"), ("mend", "How to mend it"), ("trace", "By which the log tells of it"),
        })
            properties[name] = new JsonObject { ["type"] = "string", ["description"] = means };
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = "What went wrong (RFC 9457)",
            ["required"] = new JsonArray("type", "title", "status", "detail", "mend"),
            ["properties"] = properties,
            ["example"] = JsonNode.Parse("""{"type":"urn:sundry:problem:unknown_field","title":"unknown field","status":400,"detail":"there is no field 'usr'","field":"usr","mend":"did you mean 'user'?","trace":"4bf92f3577b34da6a3ce929d0e0e4736"}"""),
        };
    }

    private static bool Applies(HttpRoute route, int status) => status switch
    {
        401 or 403 or 429 => route.Scope != KeyScopes.None,
        404 => route.Pattern.Contains('{', StringComparison.Ordinal),
        412 => Headers(route).Length > 0,
        413 or 415 => route.Takes.Count > 0,
        422 => route.Takes.Count > 0 || route.Pattern.Contains('{', StringComparison.Ordinal),
        503 => !route.Always || route.Pattern == "/health/ready",
        _ => true,
    };

    private static string[] Headers(HttpRoute route) =>
        (route.Pattern.StartsWith("/v1/scenarios/", StringComparison.Ordinal) || route.Pattern.StartsWith("/v1/rules/", StringComparison.Ordinal)) && route.Method is ("PUT" or "DELETE")
            ? route.Method == "PUT" ? ["If-Match", "If-None-Match"] : ["If-Match"]
            : [];

    private static string Tag(HttpRoute route) => route.Pattern.StartsWith("/v1/", StringComparison.Ordinal) ? Letters().Match(route.Pattern, 4).Value : "server";

    private static string Id(HttpRoute route) => (route.Method.ToLowerInvariant() + NotWord().Replace(route.Pattern.Replace("/v1", "", StringComparison.Ordinal), "_")).TrimEnd('_');

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Name();

    [GeneratedRegex("[a-z]+")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotWord();
}
