using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A request on its way: what is asked, and how it is answered.</summary>
internal sealed class HttpCall(HttpContext http, HttpSurface surface, IShopCalls shop, CancellationToken cancel)
{
    private const int LongestTag = 64;

    /// <summary>The request and the answer as ASP.NET has them.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>The interface.</summary>
    public HttpSurface Surface { get; } = surface;

    /// <summary>The shop.</summary>
    public IShopCalls Shop { get; } = shop;

    /// <summary>Gives up: the caller has gone, or it takes too long.</summary>
    public CancellationToken Cancel { get; } = cancel;

    /// <summary>The last part of the path, or one that many before it, unescaped.</summary>
    /// <param name="fromEnd">0 is the last.</param>
    /// <param name="without">What follows the name in its part of the path, such as <c>:dry-run</c>.</param>
    /// <exception cref="ProblemException">It cannot be an id.</exception>
    public string Id(int fromEnd = 0, string without = "")
    {
        // routing leaves %2F as it is and cannot tell it from %252F; the target as it was sent can
        var target = Http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (target.Length == 0) target = Http.Request.Path.ToUriComponent();
        var parts = target.Split('?')[0].TrimEnd('/').Split('/');
        var part = parts[Math.Max(0, parts.Length - 1 - fromEnd)];
        var id = Uri.UnescapeDataString(without.Length > 0 && part.EndsWith(without, StringComparison.OrdinalIgnoreCase) ? part[..^without.Length] : part);
        return StoredText.Problem("id", id, EventRules.LongestName) is { } problem ? throw Checked.Range("id", problem) : id;
    }

    /// <summary>A whole number of the query.</summary>
    /// <exception cref="ProblemException">It is none, or out of its range.</exception>
    public int Query(string name, int usual, int least, int most)
    {
        var text = Http.Request.Query[name];
        if (text.Count == 0) return usual;
        return text.Count == 1 && int.TryParse(text[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
            : throw Checked.Range(name, $"'{name}' is not a whole number from {least} to {most}; give one, once");
    }

    /// <summary>Reads the body.</summary>
    public Task<HttpBody> Body() => HttpBody.Read(Http.Request, Surface.Options.BodyBytes, Surface.Bodies, Cancel);

    /// <summary>Reads the body as one document.</summary>
    /// <exception cref="ProblemException">It is not right.</exception>
    public async Task<T> Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        using var body = await Body();
        return WireJson.Read(body.Bytes.Span, type);
    }

    /// <summary>Reads the body as an object of any content.</summary>
    /// <exception cref="ProblemException">It is none.</exception>
    public async Task<string> ReadObject(int longest)
    {
        using var body = await Body();
        var bytes = body.Bytes;
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = WireJson.Deepest, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new ProblemException(new Problem(400, "wrong_type", "the body is no object", "write {…}"));
            return StoredJson.Compact("body", document.RootElement.GetRawText(), longest);
        }
        catch (JsonException e)
        {
            throw new ProblemException(JsonFault.Syntax(JsonFault.Short(e), ""));
        }
        catch (InvalidOperationException)
        {
            throw new ProblemException(JsonFault.Syntax("a text in it is no valid UTF-8 or holds half of a UTF-16 pair", ""));
        }
        catch (InputException e)
        {
            throw new ProblemException(Problem.Of(422, "out_of_range", e.Message));
        }
    }

    /// <summary>The version that a change is meant for: 0 for none yet (<c>If-None-Match: *</c>), null where any is.</summary>
    /// <exception cref="ProblemException">The headers are not understood.</exception>
    public int? Expected()
    {
        var (match, none) = (Http.Request.Headers.IfMatch.ToString(), Http.Request.Headers.IfNoneMatch.ToString());
        if (match.Length > 0 && none.Length > 0) throw new ProblemException(new Problem(400, "bad_header", "If-Match and If-None-Match are both there", "send one of them"));
        if (none.Length > 0) return none == "*" ? 0 : throw new ProblemException(new Problem(400, "bad_header", "If-None-Match is not '*'", "send If-None-Match: * to make what is not there, or If-Match with the ETag to change what is") { Field = "If-None-Match" });
        if (match.Length == 0 || match == "*") return null;
        return match.Length < LongestTag && match.StartsWith('"') && match.EndsWith('"') && int.TryParse(match.AsSpan(1, match.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version
            : throw new ProblemException(new Problem(400, "bad_header", "If-Match is no ETag of this interface", "send the ETag of the answer that you changed, quotes included, such as \"3\"") { Field = "If-Match" });
    }

    /// <summary>Answers with a version as the ETag.</summary>
    public void Tag(int version) => Http.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>Answers with a document.</summary>
    public Task Json(Action<Utf8JsonWriter> write, int status = 200)
    {
        Http.Response.StatusCode = status;
        return JsonBody.Write(Http.Response, write);
    }

    /// <summary>Whether the body's media type is the given one.</summary>
    public bool Is(string type) => MediaTypeHeaderValue.TryParse(Http.Request.ContentType, out var sent) && sent.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
