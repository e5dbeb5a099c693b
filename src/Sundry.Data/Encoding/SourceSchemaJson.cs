using System.Text.Json;

namespace Sundry.Data;

/// <summary>Sources as JSON: a part of the encoder's document, there only where there are several.</summary>
internal static class SourceSchemaJson
{
    /// <summary>Writes them as the member <c>sources</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<SourceSchema> sources)
    {
        json.WriteStartArray("sources");
        foreach (var source in sources)
        {
            json.WriteStartObject();
            json.WriteString("name", source.Name);
            if (source.Weight is not null) json.WriteString("weight", source.Weight);
            json.WriteStartArray("features");
            foreach (var name in source.Features) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The sources do not fit the features and tasks.</exception>
    public static List<SourceSchema> Read(JsonElement json, IReadOnlyList<FeatureEncoder> features, IReadOnlyList<TaskEncoder> tasks)
    {
        var sources = new List<SourceSchema>();
        foreach (var source in json.EnumerateArray())
        {
            var names = new List<string>();
            foreach (var name in source.GetProperty("features").EnumerateArray()) names.Add(name.GetString()!);
            sources.Add(new SourceSchema(source.GetProperty("name").GetString()!, names, source.TryGetProperty("weight", out var weight) ? weight.GetString() : null));
        }

        bool fits = sources.Count > 0 && sources[0].Name == SourceSchema.Main && sources.DistinctBy(s => s.Name).Count() == sources.Count
            && sources.TrueForAll(s => s.Features.All(name => features.Any(f => f.Name == name)))
            && tasks.All(task => sources.Exists(s => s.Name == task.Schema.Source));
        return fits ? sources : throw new InvalidDataException("the encoder is damaged: its sources do not fit its features and tasks");
    }
}
