using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sundry.Serving;

/// <summary>Why a request is not answered as it was meant, in the form of RFC 9457.</summary>
/// <param name="Status">The status.</param>
/// <param name="Kind">One word for programs, such as <c>unknown_field</c>.</param>
/// <param name="Detail">What is wrong, and where.</param>
/// <param name="Mend">How to mend it.</param>
internal sealed record Problem(int Status, string Kind, string Detail, string Mend)
{
    /// <summary>The media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The field of the body or the query that is meant; null where it is none.</summary>
    public string? Field { get; init; }

    /// <summary>After what time to try again; null where that does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A sentence as this project writes them: what is wrong, a semicolon, how to mend it.</summary>
    public static Problem Of(int status, string kind, string sentence, string? field = null)
    {
        var at = sentence.IndexOf("; ", StringComparison.Ordinal);
        return new Problem(status, kind, at < 0 ? sentence : sentence[..at], at < 0 ? "correct it and send the request again" : sentence[(at + 2)..]) { Field = field };
    }

    /// <summary>Nothing has the id that was asked for.</summary>
    public static Problem NotFound(string what) => new(404, "not_found", $"there is no such {what}", $"check the id; ids are case-sensitive, and a slash in one is written %2F");

    /// <summary>Writes it as the answer, where none has begun.</summary>
    public async Task Write(HttpContext http)
    {
        var response = http.Response;
        if (response.HasStarted)
        {
            http.Abort();
            return;
        }

        response.StatusCode = Status;
        response.ContentType = MediaType;
        if (RetryAfter is { } after) response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await JsonBody.Write(response, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", $"urn:sundry:problem:{Kind}");
            json.WriteString("title", Kind.Replace('_', ' '));
            json.WriteNumber("status", Status);
            json.WriteString("detail", Detail);
            if (Field is not null) json.WriteString("field", Field);
            json.WriteString("mend", Mend);
            json.WriteString("trace", Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier);
            json.WriteEndObject();
        });
    }
}

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>The problem.</summary>
    public Problem Problem { get; } = problem;
}
