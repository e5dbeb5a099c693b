using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sundry.Data;

/// <summary>Summaries as JSON, with names as in <c>rows_read</c>; written at build time, since looking at types costs a short program its start.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DataSummary))]
internal sealed partial class DataSummaryJson : JsonSerializerContext
{
    /// <summary>Writes a summary.</summary>
    public static byte[] Write(DataSummary summary) => JsonSerializer.SerializeToUtf8Bytes(summary, Default.DataSummary);

    /// <summary>Reads a summary.</summary>
    /// <exception cref="InvalidDataException">The text is none.</exception>
    public static DataSummary Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.DataSummary) ?? throw new InvalidDataException("the summary is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the summary is damaged: {e.Message}", e);
        }
    }
}
