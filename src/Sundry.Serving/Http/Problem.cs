using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>What the interface answers when it does not do what was asked (RFC 9457, <c>application/problem+json</c>).</summary>
public sealed record Problem
{
    /// <summary>Which kind, as a relative reference that stays the same, such as <c>/problems/unknown-field</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>The status code.</summary>
    public required int Status { get; init; }

    /// <summary>This case in one sentence.</summary>
    public string? Detail { get; init; }

    /// <summary>The field of the body, the query or the header that it is about; null where it is about none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>How to mend it; null where the sentence says so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mend { get; init; }
}
