using System.Text;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>The reference page of a configuration, made from its JSON Schema so that both always say the same.</summary>
public static class ConfigReference
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A Markdown page with one table a section: key, default, what it may be, what it does.</summary>
    /// <param name="schema">What <see cref="ConfigSchema.ToJsonSchema{T}"/> wrote.</param>
    public static string ToMarkdown(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        var root = document.RootElement;
        var text = new StringBuilder();
        text.Append("# Configuration\n\nEvery setting of ").Append(root.GetProperty("title").GetString())
            .Append(", made by `sundry schema --markdown`; `sundry schema` prints the same as a JSON Schema, which editors complete and check by.\n")
            .Append("Any of them can be overridden for one run: `--set training.epochs=3`.\n");
        Section(text, root.GetProperty("$defs"), "", root, []);
        return text.ToString();
    }

    private static void Section(StringBuilder text, JsonElement definitions, string path, JsonElement node, Dictionary<string, string> written)
    {
        if (!written.TryAdd(node.GetRawText(), path))
        {
            text.Append($"\n## {path}\n\nThe keys of `{written[node.GetRawText()]}`.\n");
            return;
        }

        var below = new List<(string Path, JsonElement Node)>();
        text.Append(path.Length == 0 ? "\n## The file\n\n" : $"\n## {path}\n\n").Append("| key | default | values | what it does |\n|---|---|---|---|\n");
        foreach (var property in node.GetProperty("properties").EnumerateObject())
        {
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var (map, inner) = Inner(definitions, property.Value, name);
            if (inner is { } section) below.Add((map, section));
            text.Append("| `").Append(property.Name).Append("` | ").Append(Default(property.Value)).Append(" | ").Append(Values(property.Value))
                .Append(" | ").Append(Description(property.Value)).Append(" |\n");
        }

        foreach (var (name, inner) in below) Section(text, definitions, name, inner, written);
    }

    // a property's own section: an option class, or a map from names to one
    private static (string Path, JsonElement? Node) Inner(JsonElement definitions, JsonElement value, string path)
    {
        foreach (var form in Forms(value))
        {
            if (Resolve(definitions, form) is { } direct) return (path, direct);
            if (form.TryGetProperty("additionalProperties", out var entries) && entries.ValueKind == JsonValueKind.Object && Resolve(definitions, entries) is { } entry)
                return ($"{path}.NAME", entry);
        }

        return (path, null);
    }

    private static JsonElement? Resolve(JsonElement definitions, JsonElement form)
    {
        if (!form.TryGetProperty("$ref", out var reference)) return null;
        var definition = definitions.GetProperty(reference.GetString()!.Split('/')[^1]);
        foreach (var shape in Forms(definition))
            if (shape.TryGetProperty("properties", out _))
                return shape;
        return null;
    }

    private static JsonElement[] Forms(JsonElement value) =>
        value.TryGetProperty("anyOf", out var forms) ? [.. forms.EnumerateArray()] : [value];

    private static string Description(JsonElement value) => value.TryGetProperty("description", out var text) ? Escape(text.GetString()!) : "";

    private static string Default(JsonElement value) => value.TryGetProperty("default", out var set) ? $"`{Escape(JsonSerializer.Serialize(set, s_plain).Trim('"'))}`" : "";

    private static string Values(JsonElement value)
    {
        var parts = new List<string>();
        foreach (var form in Forms(value))
        {
            if (form.TryGetProperty("enum", out var words)) parts.AddRange(words.EnumerateArray().Select(w => $"`{w}`"));
            if (form.TryGetProperty("const", out var word)) parts.Add($"`{word}`");
            if (form.TryGetProperty("minimum", out var least) && form.TryGetProperty("maximum", out var most)) parts.Add($"{least} to {most}");
            else if (form.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String) parts.Add(type.GetString()! switch { "array" => "list", "object" => "map", "boolean" => "`true`, `false`", var other => other });
        }

        return Escape(string.Join(", ", parts.Distinct()));
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
