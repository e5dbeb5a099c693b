using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Says in a sentence what is wrong with a document that could not be read.</summary>
internal static class JsonFault
{
    private const int LongestNames = 20;

    /// <summary>The first thing that is wrong.</summary>
    public static Problem Explain(ReadOnlySpan<byte> json, JsonTypeInfo type, string at)
    {
        JsonDocument document;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = WireJson.Deepest });
            document = JsonDocument.ParseValue(ref reader);
            if (reader.Read()) return Syntax("something follows the document", at);
        }
        catch (JsonException e)
        {
            return Syntax(Short(e), at);
        }

        using (document)
        {
            try
            {
                return Value(document.RootElement, type, at) ?? Syntax("it cannot be read", at);
            }
            catch (InvalidOperationException)
            {
                return Syntax("a text in it is no valid UTF-8 or holds half of a UTF-16 pair", at);
            }
        }
    }

    /// <summary>The body is no JSON.</summary>
    public static Problem Syntax(string why, string at)
    {
        var mend = $"send valid JSON in UTF-8, every name once, at most {WireJson.Deepest} levels deep";
        return new Problem(400, "bad_json", $"the {(at.Length == 0 ? "body" : $"part '{at}'")} is no JSON that can be read: {why}", mend) { Field = at.Length == 0 ? null : at };
    }

    /// <summary>What the parser says, without its sentence about a setting of its own.</summary>
    public static string Short(JsonException e)
    {
        var message = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.');
        message = Cut(message, 160);
        return e.LineNumber is { } line ? $"{message} (line {line + 1}, byte {e.BytePositionInLine + 1})" : message;
    }

    /// <summary>A text that was sent, no longer than is of use in a sentence, cut between characters.</summary>
    public static string Cut(string text, int most = 64) => text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "…";

    private static Problem? Value(JsonElement value, JsonTypeInfo type, string at)
    {
        if (type.Kind == JsonTypeInfoKind.Object) return value.ValueKind == JsonValueKind.Object ? Members(value, type, at) : Wrong(value, "an object {…}", at);
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            if (value.ValueKind != JsonValueKind.Array) return Wrong(value, "a list […]", at);
            var (inner, i) = (type.Options.GetTypeInfo(type.ElementType!), 0);
            foreach (var element in value.EnumerateArray())
                if (Value(element, inner, $"{at}[{i++}]") is { } problem) return problem;
            return null;
        }

        return Fits(value, Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { } wanted ? Wrong(value, wanted, at) : null;
    }

    private static Problem? Members(JsonElement value, JsonTypeInfo type, string at)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var field = at.Length == 0 ? Printable(member.Name) : $"{at}.{Printable(member.Name)}";
            if (type.Properties.FirstOrDefault(p => p.Name == member.Name) is not { } property)
            {
                string[] names = [.. type.Properties.Select(p => p.Name)];
                var near = member.Name.Length <= 64 ? NearestName.Of(member.Name, names) : null;
                var mend = (near is null ? "the" : $"did you mean '{near}'? The") + $" fields are {string.Join(", ", names.Take(LongestNames))}";
                return new Problem(400, "unknown_field", $"there is no field '{Printable(member.Name)}'", mend) { Field = field };
            }

            if (!seen.Add(member.Name)) return new Problem(400, "twice", $"the field '{field}' is there twice", "say it once") { Field = field };
            if (member.Value.ValueKind == JsonValueKind.Null) continue;
            if (property.CustomConverter is IExplainedConverter converter)
            {
                if (converter.Problem(member.Value) is { } wanted) return Wrong(member.Value, wanted, field);
            }
            else if (Value(member.Value, type.Options.GetTypeInfo(property.PropertyType), field) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Fits(JsonElement value, Type type)
    {
        if (type == typeof(string)) return value.ValueKind == JsonValueKind.String && value.GetString() is not null ? null : "a text in quotes";
        if (type == typeof(bool)) return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false";
        if (type == typeof(int)) return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _) ? null : "a whole number";
        if (type == typeof(double)) return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? null : "a number";
        return null;
    }

    private static Problem Wrong(JsonElement value, string wanted, string at)
    {
        var kind = value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };
        var name = at.Length == 0 ? "the body" : $"'{at}'";
        return new Problem(400, "wrong_type", kind == wanted[..Math.Min(wanted.Length, kind.Length)] ? $"{name} cannot be read as {wanted}" : $"{name} is {kind} and not {wanted}", $"write {wanted}") { Field = at.Length == 0 ? null : at };
    }

    private static string Printable(string name) => Cut(name);
}

/// <summary>A converter that can say what it wants.</summary>
internal interface IExplainedConverter
{
    /// <summary>What is wanted instead of a value; null where it is right.</summary>
    string? Problem(JsonElement value);
}
