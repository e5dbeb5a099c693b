using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sundry.Data;

/// <summary>Writes the JSON Schema (draft 2020-12) of an option class, for editors that complete and check the configuration while it is typed.</summary>
public static class ConfigSchema
{
    private static readonly JsonSerializerOptions s_format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema of <typeparamref name="T"/>; the same classes give the same text.</summary>
    /// <param name="title">The schema's title.</param>
    /// <param name="beside">Option classes whose keys may stand in the same file.</param>
    public static string ToJsonSchema<T>(string title, params ReadOnlySpan<Type> beside)
    {
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (key, value) in Map(ConfigType.Of(typeof(T)), definitions)) schema[key] = value?.DeepClone();
        foreach (var other in beside)
            foreach (var (key, value) in Map(ConfigType.Of(other), definitions)["properties"]!.AsObject()) schema["properties"]![key] = value?.DeepClone();
        var all = new JsonObject();
        foreach (var (name, definition) in definitions) all[name] = definition;
        if (all.Count > 0) schema["$defs"] = all;
        return schema.ToJsonString(s_format) + "\n";
    }

    private static JsonObject Map(ConfigType type, SortedDictionary<string, JsonNode> definitions)
    {
        var defaults = type.New();
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in type.Properties)
        {
            var schema = Property(property, definitions);
            if (property.Description is { } description) schema["description"] = description;
            if (Default(property, property.Get(defaults)) is { } value && !property.Required) schema["default"] = value;
            properties[property.Key] = schema;
            if (property.Required) required.Add(property.Key);
        }

        var map = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0) map["required"] = required;
        return map;
    }

    private static JsonObject Property(ConfigProperty property, SortedDictionary<string, JsonNode> definitions)
    {
        var schema = Value(property, property.Type, definitions);
        if (property.NullWord is { } word) return AnyOf(new JsonObject { ["const"] = word }, schema);
        return property.Nullable ? AnyOf(schema, new JsonObject { ["type"] = "null" }) : schema;
    }

    private static JsonObject Value(ConfigProperty property, Type type, SortedDictionary<string, JsonNode> definitions)
    {
        var shape = ConfigType.Of(type);
        switch (shape.Shape)
        {
            case ConfigShape.List:
                return AnyOf(new JsonObject { ["type"] = "array", ["items"] = Value(property, shape.Element!, definitions) }, Value(property, shape.Element!, definitions));
            case ConfigShape.Dictionary:
                return new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(property, shape.Element!, definitions) };
            case ConfigShape.Options:
                Define(type, shape, definitions);
                return new JsonObject { ["$ref"] = "#/$defs/" + type.Name };
            default:
                return Scalar(property, type);
        }
    }

    private static void Define(Type type, ConfigType shape, SortedDictionary<string, JsonNode> definitions)
    {
        if (definitions.ContainsKey(type.Name)) return;
        definitions[type.Name] = new JsonObject();
        var map = Map(shape, definitions);
        definitions[type.Name] = shape.Shorthand.Count == 0 ? map : AnyOf([.. shape.Shorthand.Select(property => Value(property, property.Type, definitions)), map]);
    }

    private static JsonObject Scalar(ConfigProperty property, Type type)
    {
        if (type.IsEnum) return new JsonObject { ["enum"] = Texts(ConfigType.WordsOf(type)) };
        if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(string))
        {
            // a text that looks like a number or a truth value is one to JSON, and still a text to the reader
            return property.Words is { } words ? new JsonObject { ["enum"] = Texts(words) } : new JsonObject { ["type"] = Texts(["string", "number", "boolean"]) };
        }

        if (type == typeof(Share))
        {
            return AnyOf(
                new JsonObject { ["type"] = "string", ["pattern"] = @"^[0-9]+(\.[0-9]+)?\s*%$" },
                new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 });
        }

        var schema = new JsonObject { ["type"] = type == typeof(double) || type == typeof(float) ? "number" : "integer" };
        if (property.Range is not { } range) return schema;
        var (low, high) = ConfigScalars.Bounds(range);
        if (low is { } least) schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = least;
        if (high is { } most) schema[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = most;
        return schema;
    }

    // an option class's own defaults stand with its keys, so that an unchanged one has none here
    private static JsonNode? Default(ConfigProperty property, object? value)
    {
        if (value is null) return property.NullWord;
        var node = ConfigWriter.ToNode(property, property.Type, value, changedOnly: true);
        return node is ConfigNode.Map { Entries.Count: 0 } ? null : Json(node);
    }

    private static JsonNode Json(ConfigNode node) => node switch
    {
        ConfigNode.List list => new JsonArray([.. list.Items.Select(Json)]),
        ConfigNode.Map map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Json(entry.Value.Value)))),
        ConfigNode.Scalar { Plain: true, Text: "true" or "false" } flag => flag.Text == "true",
        ConfigNode.Scalar { Plain: true } number when double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => JsonNode.Parse(number.Text)!,
        ConfigNode.Scalar text => text.Text,
        _ => throw new NotSupportedException(),
    };

    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
