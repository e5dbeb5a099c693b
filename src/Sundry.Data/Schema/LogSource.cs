using System.Text.Json;

namespace Sundry.Data;

/// <summary>Which rows of a log a source is.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Kind">The rows' kind, as configured.</param>
/// <param name="Sampled">Whether negatives were drawn beside them.</param>
internal sealed record LogSource(string Source, string Kind, bool Sampled)
{
    /// <summary>Writes them as the member <c>rows</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<LogSource> all)
    {
        json.WriteStartArray("rows");
        foreach (var rows in all)
        {
            json.WriteStartObject();
            json.WriteString("source", rows.Source);
            json.WriteString("kind", rows.Kind);
            json.WriteBoolean("sampled", rows.Sampled);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static List<LogSource> Read(JsonElement json) =>
        [.. json.EnumerateArray().Select(rows => new LogSource(rows.GetProperty("source").GetString()!, rows.GetProperty("kind").GetString()!, rows.GetProperty("sampled").GetBoolean()))];
}
