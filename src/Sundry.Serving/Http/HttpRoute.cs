using System.Text.Json.Serialization.Metadata;

namespace Sundry.Serving;

/// <summary>A path and a method of the interface, and everything that is said of it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Pattern">The path; below the prefix where it begins with <c>/v1</c>.</param>
/// <param name="Scope">What a key must open; none: anybody may ask.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Run">Does it.</param>
internal sealed record HttpRoute(string Method, string Pattern, KeyScopes Scope, string Summary, Func<HttpCall, Task> Run)
{
    /// <summary>What the body is; null where there is none, or any object.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>Media types of the body that are taken; none: there is no body.</summary>
    public IReadOnlyList<string> Takes { get; init; } = [];

    /// <summary>An example of the body.</summary>
    public string? Example { get; init; }

    /// <summary>An example of the answer.</summary>
    public string? Answer { get; init; }

    /// <summary>The answer's status where it goes well.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The answer's media type.</summary>
    public string AnswerType { get; init; } = "application/json";

    /// <summary>Parameters of the query, by name, with what they mean.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is read line by line and has more time.</summary>
    public bool Bulk { get; init; }

    /// <summary>Whether it is answered however much there is to do.</summary>
    public bool Always { get; init; }

    /// <summary>The media type of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of JSON Lines.</summary>
    public const string Lines = "application/x-ndjson";

    /// <summary>The media type of a JSON merge patch.</summary>
    public const string MergePatch = "application/merge-patch+json";
}
