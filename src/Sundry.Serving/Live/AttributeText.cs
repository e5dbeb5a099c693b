using System.Globalization;
using System.Text.Json;

namespace Sundry.Serving;

/// <summary>Attributes of items and users as texts.</summary>
internal static class AttributeText
{
    /// <summary>A value as reading the store as a log gives it (<c>json_extract</c>): numbers as short as they can be, true as 1, several values joined by a bar; null where it says nothing.</summary>
    public static string? Column(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => Plain(value, Column),
    };

    /// <summary>A value as rules read it: true is the word.</summary>
    public static string? Fact(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => Plain(value, Fact),
    };

    /// <summary>A value as a number; NaN where it is none.</summary>
    public static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => double.NaN,
    };

    /// <summary>Whether a value says yes.</summary>
    public static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() is "true" or "1" or "yes" : Number(value) is var number && number != 0 && !double.IsNaN(number);

    private static string? Plain(JsonElement value, Func<JsonElement, string?> one) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Array => string.Join('|', value.EnumerateArray().Where(v => v.ValueKind != JsonValueKind.Array).Select(one).Where(text => text is not null)),
        _ => null,
    };
}
