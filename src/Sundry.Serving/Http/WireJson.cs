using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sundry.Serving;

/// <summary>Reads what is sent: snake_case, every name once, unknown names refused, no deeper than needed.</summary>
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(EntityBody))]
[JsonSerializable(typeof(RecommendBody))]
[JsonSerializable(typeof(RecommendBatchBody))]
[JsonSerializable(typeof(SearchBody))]
[JsonSerializable(typeof(RankBody))]
[JsonSerializable(typeof(DryRunBody))]
[JsonSerializable(typeof(KeyBody))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>How deep a body may be nested.</summary>
    public const int Deepest = 16;

    /// <summary>The strict reader.</summary>
    public static WireJson Strict { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = Deepest,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>Reads one document.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="type">What it is.</param>
    /// <param name="at">Where in the body it is, for the field's name; empty at the root.</param>
    /// <exception cref="ProblemException">It is no JSON, or says what it may not; with the field.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string at = "")
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ProblemException(JsonFault.Explain(json, type, at));
        }
    }
}
