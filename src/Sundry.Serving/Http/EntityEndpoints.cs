using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>The catalogue and the customers.</summary>
internal static class EntityEndpoints
{
    private const string Lines = "application/x-ndjson";
    private const int PerBatch = 500;
    private static readonly string[] s_lines = [Lines];
    private static readonly string[] s_patches = ["application/json", "application/merge-patch+json"];
    private static readonly JsonDocumentOptions s_line = new() { MaxDepth = 16 };

    public static void MapEntities(this IEndpointRouteBuilder routes, RunningShop running, HttpLimits limits)
    {
        Map(routes, "items", "item", s => s.PutItems, s => s.PatchItems, s => s.DeleteItem, running, limits);
        Map(routes, "users", "user", s => s.PutUsers, s => s.PatchUsers, s => s.Forget, running, limits);

        routes.Route("GET", "/items/{id}", KeyScopes.Read, "What the shop says of an item", async http =>
            await http.Json(Encoding.UTF8.GetBytes((await running.Server.Store.Items.Get(http.Id(), http.RequestAborted))?.Attributes ?? throw ProblemException.NotFound("item", http.Id()))));

        routes.Route("GET", "/users/{id}", KeyScopes.Read, "What is known of a user: attributes, history, interests, and what the model says", async http =>
            await http.Json(running.Server.View(http.Id()) ?? throw ProblemException.NotFound("user", http.Id()))).Produces<UserView>();
    }

    private static void Map(
        IEndpointRouteBuilder routes, string many, string one, Func<ShopServer, Func<IReadOnlyList<(string, string)>, CancellationToken, Task<int>>> put,
        Func<ShopServer, Func<IReadOnlyList<(string, string)>, CancellationToken, Task<IReadOnlyList<string>>>> patch, Func<ShopServer, Func<string, CancellationToken, Task<bool>>> delete,
        RunningShop running, HttpLimits limits)
    {
        routes.Route("PUT", $"/{many}/{{id}}", KeyScopes.Ingest, $"Describes the {one} as a whole; the next answer sees it", async http =>
        {
            await put(running.Server)([(http.Id(), Text(await BodyReader.Read(http, limits.BodyBytes)))], http.RequestAborted);
            http.Response.StatusCode = 204;
        }).Accepts<JsonElement>("application/json").Produces(204);

        routes.Route("PATCH", $"/{many}/{{id}}", KeyScopes.Ingest, $"Changes some attributes of the {one} by a JSON merge patch (RFC 7396); the next answer sees it", async http =>
        {
            if ((await patch(running.Server)([(http.Id(), Text(await BodyReader.Read(http, limits.BodyBytes, s_patches)))], http.RequestAborted)).Count > 0)
                throw ProblemException.NotFound(one, http.Id(), "describe it with PUT first");
            http.Response.StatusCode = 204;
        }).Accepts<JsonElement>("application/merge-patch+json").Produces(204);

        routes.Route("DELETE", $"/{many}/{{id}}", KeyScopes.Ingest, one == "user" ? "Deletes everything of the user" : "Deletes the item; its events stay", async http =>
        {
            if (!await delete(running.Server)(http.Id(), http.RequestAborted)) throw ProblemException.NotFound(one, http.Id());
            http.Response.StatusCode = 204;
        }).Produces(204);

        routes.Route("POST", $"/{many}:bulk", KeyScopes.Ingest, $"Describes many {many}, one JSON object with an 'id' a line; answers with a line for each that cannot be used, and one with the sums", async http =>
        {
            BodyReader.Kind(http, s_lines);
            if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limits.BulkBytes;
            await Bulk(http, put(running.Server));
        }).Accepts<JsonElement>(Lines).Produces<JsonElement>(200, Lines);
    }

    private static async Task Bulk(HttpContext http, Func<IReadOnlyList<(string, string)>, CancellationToken, Task<int>> put)
    {
        var waiting = new List<(string, string)>(PerBatch);
        var refused = new List<(long Line, string Reason)>();
        long lines = 0, taken = 0, changed = 0, refusals = 0;
        var reader = http.Request.BodyReader;
        http.Response.ContentType = Lines;
        for (var more = true; more;)
        {
            var result = await reader.ReadAsync(http.RequestAborted);
            var rest = result.Buffer;
            while (NextLine(ref rest, result.IsCompleted, out var line))
            {
                lines++;
                if (Entity(line) is var (id, json, reason) && reason is not null) refused.Add((lines, reason));
                else if (id is not null) waiting.Add((id, json!));
                if (waiting.Count == PerBatch) await Flush();
            }

            if (rest.Length > StoredEntities.LongestAttributes * 4) throw ProblemException.Field($"line {lines + 1}", $"line {lines + 1} is longer than {StoredEntities.LongestAttributes * 4} bytes; {taken} before it were taken");
            reader.AdvanceTo(rest.Start, rest.End);
            more = !result.IsCompleted;
        }

        await Flush();
        await Line(http, new { lines, taken, changed, refused = refusals });

        async Task Flush()
        {
            if (waiting.Count > 0)
            {
                changed += await put(waiting, http.RequestAborted);
                taken += waiting.Count;
                waiting.Clear();
            }

            foreach (var (line, reason) in refused) await Line(http, new { line, reason });
            refusals += refused.Count;
            refused.Clear();
        }
    }

    private static async Task Line<T>(HttpContext http, T value)
    {
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options), http.RequestAborted);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
    }

    private static bool NextLine(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!last || rest.IsEmpty) return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private static (string? Id, string? Json, string? Reason) Entity(in ReadOnlySequence<byte> line)
    {
        if (line.Length > StoredEntities.LongestAttributes * 4) return (null, null, $"it is longer than {StoredEntities.LongestAttributes * 4} bytes");
        var bytes = line.ToArray().AsMemory();
        if (bytes.Span.Trim(" \t\r"u8).IsEmpty) return default;
        try
        {
            using var json = JsonDocument.Parse(bytes, s_line);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return (null, null, "it is no JSON object");
            if (!json.RootElement.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String) return (null, null, "it has no 'id' that is a text; fill it in");
            var buffer = new ArrayBufferWriter<byte>(bytes.Length);
            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartObject();
                foreach (var property in json.RootElement.EnumerateObject())
                    if (!property.NameEquals("id"u8)) property.WriteTo(writer);
                writer.WriteEndObject();
            }

            var (name, attributes) = (id.GetString()!, Encoding.UTF8.GetString(buffer.WrittenSpan));
            try
            {
                // what the store would refuse would take its whole batch with it
                StoredText.Name("id", name);
                StoredJson.Compact($"attributes of {name}", attributes, StoredEntities.LongestAttributes);
            }
            catch (InputException e)
            {
                return (null, null, e.Message);
            }

            return (name, attributes, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null, "it is no JSON object in UTF-8");
        }
    }

    private static string Text(ReadOnlyMemory<byte> body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.Span);
        }
        catch (ArgumentException)
        {
            throw ProblemException.Field("body", "the body is no text in UTF-8", "send a JSON object");
        }
    }
}
