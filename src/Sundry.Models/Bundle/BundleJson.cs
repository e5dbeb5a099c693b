using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sundry.Models;

/// <summary>How the JSON files of a bundle are written: snake_case, words for enumerations, unknown members refused.</summary>
public static class BundleJson
{
    /// <summary>The options; numbers that are not finite are written as text.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        MaxDepth = 32,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
