using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sundry.Serving;

/// <summary>How the interface writes and reads JSON: <c>snake_case</c>, no name that is not known, nothing twice, and no deeper than 16.</summary>
public static class ApiJson
{
    private const int Deepest = 16;

    /// <summary>The settings.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets them.</summary>
    public static void Set(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.MaxDepth = Deepest;
        options.NumberHandling = JsonNumberHandling.Strict;
        // answers are JSON and never part of a page: letters may stay letters
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new FiniteNumber());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General);
        Set(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    // what is no number is none in JSON either
    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }
}
