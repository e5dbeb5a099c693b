using System.Buffers;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What there is to sell, and who buys.</summary>
internal static class EntityRoutes
{
    private const string Attributes = """{"category":"shoes","brand":"Arvo","price":59.9,"stock":12}""";
    private const string Lines = """{"id":"p-3","attributes":{"category":"shoes","price":59.9}}""" + "\n" + """{"id":"p-4","patch":{"stock":0}}""" + "\n" + """{"id":"p-5","delete":true}""";
    private const int LongestLine = 2 * StoredEntities.LongestAttributes;
    private const int PerCall = 500;
    private const int HeldCharacters = 1_000_000;

    public static IReadOnlyList<HttpRoute> All { get; } = [.. Of(EntityKind.Item, "items", "item", "p-3"), .. Of(EntityKind.User, "users", "user", "u-7")];

    private static HttpRoute[] Of(EntityKind kind, string plural, string one, string id) =>
    [
        new("PUT", $"/v1/{plural}/{{id}}", KeyScopes.Ingest, $"Describes the {one} as a whole: its attributes, of any names; the next answer sees them", call => Put(call, kind))
        {
            Takes = [HttpRoute.Json], Example = Attributes, Answer = $$"""{"id":"{{id}}","changed":true}""",
        },
        new("PATCH", $"/v1/{plural}/{{id}}", KeyScopes.Ingest, $"Changes attributes of the {one} by a JSON merge patch (RFC 7396): null removes one", call => Patch(call, kind, one))
        {
            Takes = [HttpRoute.MergePatch, HttpRoute.Json], Example = """{"stock":0}""", Answer = $$"""{"id":"{{id}}"}""",
        },
        kind == EntityKind.Item
            ? new("GET", "/v1/items/{id}", KeyScopes.Read, "The item as it was described last", GetItem) { Answer = """{"id":"p-3","attributes":{"category":"shoes","price":59.9},"position":1042}""" }
            : new("GET", "/v1/users/{id}", KeyScopes.Read, "What is known of the user: attributes, history, interests, and what the model says of users, such as churn and value", GetUser)
            {
                Answer = """{"id":"u-7","attributes":{"country":"EE"},"items":["p-3"],"bought":[{"item":"p-3","time":1769860805000}],"interests":[{"category":"shoes","share":1}],"tasks":{"churn":0.12},"model":"shop-1a2b3c"}""",
            },
        new("DELETE", $"/v1/{plural}/{{id}}", KeyScopes.Ingest, kind == EntityKind.Item ? "Deletes the item; the next answer does not have it" : "Deletes everything of the user: attributes, events, friendships, answers", call => Delete(call, kind, one)) { Status = 204 },
        new("POST", $"/v1/{plural}:bulk", KeyScopes.Ingest, $"Describes, patches or deletes a {one} a line, in their order; answered with a line for each that says what became of it", call => Bulk(call, kind))
        {
            Body = WireJson.Strict.EntityBody, Takes = [HttpRoute.Lines], Example = Lines, Bulk = true, AnswerType = HttpRoute.Lines,
            Answer = """{"line":1,"id":"p-3","outcome":"stored"}""" + "\n" + """{"line":2,"id":"p-4","outcome":"missing"}""" + "\n" + """{"line":3,"id":"p-5","outcome":"deleted"}""",
        },
    ];

    private static async Task Put(HttpCall call, EntityKind kind)
    {
        var id = call.Id();
        var changed = await call.Shop.Put(kind, [(id, await call.ReadObject(StoredEntities.LongestAttributes))], call.Cancel);
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteBoolean("changed", changed > 0);
            json.WriteEndObject();
        });
    }

    private static async Task Patch(HttpCall call, EntityKind kind, string one)
    {
        var id = call.Id();
        if ((await call.Shop.Patch(kind, [(id, await call.ReadObject(StoredEntities.LongestAttributes))], call.Cancel)).Count > 0) throw new ProblemException(Problem.NotFound(one));
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteEndObject();
        });
    }

    private static async Task GetItem(HttpCall call)
    {
        var item = await call.Shop.Store.Items.Get(call.Id(), call.Cancel) ?? throw new ProblemException(Problem.NotFound("item"));
        await call.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            json.WritePropertyName("attributes");
            json.WriteRawValue(item.Attributes ?? "{}", skipInputValidation: true);
            json.WriteNumber("position", item.Position);
            json.WriteEndObject();
        });
    }

    private static async Task GetUser(HttpCall call)
    {
        var id = call.Id();
        var (stored, view) = (await call.Shop.Store.Users.Get(id, call.Cancel), call.Shop.View(id));
        if (stored is null && view is null) throw new ProblemException(Problem.NotFound("user"));
        await call.Json(json => AnswerJson.User(json, id, stored, view));
    }

    private static async Task Delete(HttpCall call, EntityKind kind, string one)
    {
        if (!await call.Shop.Delete(kind, call.Id(), call.Cancel)) throw new ProblemException(Problem.NotFound(one));
        call.Http.Response.StatusCode = 204;
    }

    private static async Task Bulk(HttpCall call, EntityKind kind)
    {
        var results = new BulkResults();
        var (pending, held) = (new List<BulkLine>(PerCall), 0);
        var most = call.Surface.Options.BulkLines;
        await new BodyLines(call.Http.Request.BodyReader, call.Surface.Options.BulkBytes, LongestLine).Each(async (number, bytes, cut) =>
        {
            if (number > most) throw new ProblemException(new Problem(413, "too_many", $"there are more than {most} lines; those before were taken", "send them in several requests"));
            var line = cut ? new BulkLine(number, null, $"the line is longer than {LongestLine} bytes; shorten it") : Read(number, bytes);
            if (line is null) return true;
            pending.Add(line);
            held += line.Json.Length;
            return (pending.Count < PerCall && held < HeldCharacters) || await Flush();
        }, call.Cancel);
        await Flush();
        call.Http.Response.ContentType = HttpRoute.Lines;
        await JsonBody.Send(call.Http.Response, results.Bytes);

        async ValueTask<bool> Flush()
        {
            var goes = await results.Take(call, kind, pending);
            pending.Clear();
            held = 0;
            return goes;
        }
    }

    private static BulkLine? Read(long number, ReadOnlySequence<byte> bytes)
    {
        var whole = bytes.IsSingleSegment ? bytes.First : bytes.ToArray();
        var line = whole.Span.Trim(" \t\r"u8);
        if (line.IsEmpty) return null;
        string? id = null;
        try
        {
            var body = WireJson.Read(line, WireJson.Strict.EntityBody);
            id = body.Id;
            StoredText.Name("id", id);
            if ((body.Attributes is null ? 0 : 1) + (body.Patch is null ? 0 : 1) + (body.Delete == true ? 1 : 0) != 1) return new BulkLine(number, id, "the line says not one thing to do; write attributes, patch or \"delete\": true");
            if (body.Delete == true) return new BulkLine(number, id, null) { Deletes = true };
            var json = StoredJson.Compact(body.Patch is null ? "attributes" : "patch", body.Attributes ?? body.Patch, StoredEntities.LongestAttributes);
            return new BulkLine(number, id, null) { Json = json, Patches = body.Patch is not null };
        }
        catch (ProblemException e)
        {
            return new BulkLine(number, id, $"{e.Problem.Detail}; {e.Problem.Mend}");
        }
        catch (InputException e)
        {
            return new BulkLine(number, null, e.Message);
        }
    }
}
