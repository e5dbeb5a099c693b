using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Reads bodies: never more than is allowed, and what is not right is said by field.</summary>
internal static partial class BodyReader
{
    private static readonly string[] s_json = ["application/json"];
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.Ordinal)
    {
        ["System.String"] = "a text",
        ["System.Int32"] = "a whole number",
        ["System.Int64"] = "a whole number",
        ["System.Double"] = "a number",
        ["System.Boolean"] = "true or false",
        ["System.TimeSpan"] = "a number of milliseconds",
    };

    /// <summary>The whole body.</summary>
    /// <exception cref="ProblemException">It is larger than <paramref name="most"/> bytes, or not of this kind.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpContext http, int most, params string[] kinds)
    {
        Kind(http, kinds.Length == 0 ? s_json : kinds);
        if (http.Request.ContentLength > most) throw TooLarge(most);
        var reader = http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(http.RequestAborted);
            if (result.Buffer.Length > most) throw TooLarge(most);
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>A body that is one JSON object.</summary>
    /// <exception cref="ProblemException">It is not.</exception>
    public static async Task<T> Read<T>(HttpContext http, int most)
        where T : class => Parse<T>((await Read(http, most)).Span);

    /// <summary>Some bytes that are one JSON value of a kind.</summary>
    /// <exception cref="ProblemException">They are not.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, ApiJson.Options) ?? throw ProblemException.Field("body", "the body is null", "send a JSON object");
        }
        catch (JsonException e)
        {
            throw Explain<T>(e, body.Length);
        }
    }

    /// <summary>Refuses a body that says that it is of another kind.</summary>
    public static void Kind(HttpContext http, string[] kinds)
    {
        var type = http.Request.ContentType;
        if (type is null) return;
        var end = type.IndexOf(';', StringComparison.Ordinal);
        var bare = (end < 0 ? type : type[..end]).Trim();
        foreach (var kind in kinds)
            if (bare.Equals(kind, StringComparison.OrdinalIgnoreCase)) return;
        throw new ProblemException(new Problem
        {
            Type = "/problems/media-type",
            Title = "The body is of another kind",
            Status = 415,
            Detail = "this path does not take bodies of that kind",
            Field = "Content-Type",
            Mend = $"send {string.Join(" or ", kinds)}",
        });
    }

    public static ProblemException TooLarge(int most) =>
        new(new Problem { Type = "/problems/too-large", Title = "The body is too large", Status = 413, Detail = $"the body has more than {most} bytes", Mend = "send it in smaller parts" });

    private static ProblemException Explain<T>(JsonException error, int length)
    {
        var field = error.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";
        if (length == 0) return ProblemException.Field("body", "the body is empty", "send a JSON object");
        if (Unknown().Match(error.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups[1].Value;
            var known = ApiJson.Options.GetTypeInfo(typeof(T)).Properties.Select(p => p.Name).ToArray();
            var near = NearestName.Of(name, known);
            return ProblemException.Field(name, $"'{name}' is no field of this request", near is null ? $"leave it out; there are {string.Join(", ", known)}" : $"write '{near}'");
        }

        if (Missing().Match(error.Message) is { Success: true } missing) return ProblemException.Field(missing.Groups[1].Value.Split('\'')[0], $"the request lacks {missing.Groups[1].Value}", "add it");
        if (Converted().Match(error.Message) is { Success: true } wrong)
            return ProblemException.Field(field, $"'{field}' is not {s_kinds.GetValueOrDefault(wrong.Groups[1].Value, "of the kind that it should be")}", "look at /openapi.json for what it should be");
        return ProblemException.Field(field, $"the body is no JSON that can be read here (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1} of it)", "send one JSON object, nothing twice, no deeper than 16");
    }

    [GeneratedRegex("JSON property '([^']{1,100})' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (.{1,200}?)\\.?$")]
    private static partial Regex Missing();

    [GeneratedRegex("could not be converted to (?:System\\.Nullable`1\\[)?([A-Za-z0-9.]+)")]
    private static partial Regex Converted();
}
