using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>A time: ISO 8601 with a zone, or Unix seconds or milliseconds. Read as milliseconds since 1970.</summary>
internal sealed class TimeConverter : JsonConverter<long?>, IExplainedConverter
{
    // Unix seconds up to the year 5138; milliseconds from March 1973 on
    private const double LeastMilliseconds = 1e11;

    /// <inheritdoc/>
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        return reader.TokenType == JsonTokenType.Null ? null : Time(ref reader) ?? throw new JsonException();
    }

    /// <summary>The time that the reader stands at; null where it is none.</summary>
    public static long? Time(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)) return time.ToUnixTimeMilliseconds();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) ? Unix(number) : null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } time) writer.WriteNumberValue(time);
        else writer.WriteNullValue();
    }

    /// <inheritdoc/>
    public string? Problem(JsonElement value) =>
        (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _)) || (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Unix(number) is not null)
            ? null : "a time such as \"2026-01-31T23:59:59Z\", or Unix seconds or milliseconds";

    private static long? Unix(double number) => !double.IsFinite(number) || Math.Abs(number) > 253_402_300_799_999 ? null : (long)(Math.Abs(number) >= LeastMilliseconds ? number : number * 1000);
}

/// <summary>An object of any content, kept as its text.</summary>
internal sealed class ObjectTextConverter : JsonConverter<string?>, IExplainedConverter
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options)
    {
        if (value is null) writer.WriteNullValue();
        else writer.WriteRawValue(value);
    }

    /// <inheritdoc/>
    public string? Problem(JsonElement value) => value.ValueKind == JsonValueKind.Object ? null : "an object {…}";
}

/// <summary>What is known of a request: names with texts, numbers or truth values, kept as texts.</summary>
internal sealed class ContextConverter : JsonConverter<IReadOnlyDictionary<string, string>?>, IExplainedConverter
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        var context = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var value = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Number when reader.TryGetDouble(out var number) && double.IsFinite(number) => number.ToString("R", CultureInfo.InvariantCulture),
                JsonTokenType.True => "true",
                JsonTokenType.False => "false",
                _ => throw new JsonException(),
            };
            if (!context.TryAdd(name, value)) throw new JsonException();
        }

        return context;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string>? value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value ?? new Dictionary<string, string>()) writer.WriteString(name, text);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public string? Problem(JsonElement value)
    {
        const string Wanted = "an object of texts, numbers, true and false, every name once";
        if (value.ValueKind != JsonValueKind.Object) return Wanted;
        var names = new HashSet<string>(StringComparer.Ordinal);
        return value.EnumerateObject().All(m => names.Add(m.Name) && m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) ? null : Wanted;
    }
}
