using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>A length of time as a number of milliseconds.</summary>
internal sealed class Milliseconds : JsonConverter<TimeSpan>
{
    private const double Most = 86_400_000;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDouble() is >= 0 and <= Most and var ms ? TimeSpan.FromMilliseconds(ms) : throw new JsonException($"it is not from 0 to {Most} milliseconds");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value.TotalMilliseconds, 3));
}
