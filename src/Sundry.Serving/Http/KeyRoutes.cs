using System.Text.Json;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Who may ask.</summary>
internal static class KeyRoutes
{
    private const string Key = """{"id":"0a1b2c3d4e5f","name":"shop front","scopes":["ingest","read"],"created":1769860805000}""";

    public static IReadOnlyList<HttpRoute> All { get; } =
    [
        new("GET", "/v1/keys", KeyScopes.Admin, "All keys, without their secrets", List) { Answer = $$"""{"keys":[{{Key}}]}""" },
        new("POST", "/v1/keys", KeyScopes.Admin, "Makes a key; its text is in this answer and nowhere else", Create)
        {
            Body = WireJson.Strict.KeyBody, Takes = [HttpRoute.Json], Status = 201, Example = """{"name":"shop front","scopes":["ingest","read"]}""",
            Answer = """{"id":"0a1b2c3d4e5f","name":"shop front","scopes":["ingest","read"],"created":1769860805000,"key":"sundry_0a1b2c3d4e5f_…"}""",
        },
        new("DELETE", "/v1/keys/{id}", KeyScopes.Admin, "Revokes a key: it opens nothing any more", Revoke) { Status = 204 },
    ];

    /// <summary>The scopes that words name.</summary>
    /// <exception cref="InputException">A word is none.</exception>
    public static KeyScopes Scopes(IEnumerable<string?> words)
    {
        var scopes = KeyScopes.None;
        foreach (var word in words)
        {
            scopes |= word switch
            {
                "ingest" => KeyScopes.Ingest,
                "read" => KeyScopes.Read,
                "admin" => KeyScopes.Admin,
                _ => throw new InputException($"'{JsonFault.Cut(word ?? "")}' is no scope; write ingest, read or admin"),
            };
        }

        return scopes;
    }

    private static async Task List(HttpCall call)
    {
        var keys = await call.Shop.Store.Keys.List(call.Cancel);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");
            foreach (var key in keys) Write(json, key, null);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task Create(HttpCall call)
    {
        var body = await call.Read(WireJson.Strict.KeyBody);
        if (body.Name is null) throw Checked.Missing("name", "write what people call the key");
        if (body.Scopes is null) throw Checked.Missing("scopes", "write a list of ingest, read and admin");
        Checked.Name("name", body.Name);
        KeyScopes scopes;
        try
        {
            scopes = Scopes(body.Scopes);
        }
        catch (InputException e)
        {
            throw Checked.Range("scopes", e.Message);
        }

        var (key, text) = await call.Shop.Store.Keys.Create(body.Name, scopes, call.Cancel);
        HttpLog.KeyMade(call.Surface.Log, key.Id, KeyScopeNames.Text(scopes));
        await call.Json(json => Write(json, key, text), 201);
    }

    private static async Task Revoke(HttpCall call)
    {
        var id = call.Id();
        var open = await call.Shop.Store.Keys.Revoke(id, call.Cancel);
        call.Surface.Keys(call.Shop).Clear();
        if (!open) throw new ProblemException(new Problem(404, "not_found", "no key of that id opens anything", "see GET /v1/keys"));
        HttpLog.KeyRevoked(call.Surface.Log, id);
        call.Http.Response.StatusCode = 204;
    }

    private static void Write(Utf8JsonWriter json, ApiKey key, string? text)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id);
        json.WriteString("name", key.Name);
        json.WriteStartArray("scopes");
        foreach (var scope in KeyScopeNames.Of(key.Scopes)) json.WriteStringValue(scope);
        json.WriteEndArray();
        json.WriteNumber("created", key.Created);
        if (key.Revoked is { } revoked) json.WriteNumber("revoked", revoked);
        if (text is not null) json.WriteString("key", text);
        json.WriteEndObject();
    }
}
