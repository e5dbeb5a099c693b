using System.Text.Json;
using System.Text.Json.Nodes;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>JSON objects as the store keeps them: one text without spaces, every name once.</summary>
internal static class StoredJson
{
    private const int Deepest = 16;

    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    /// <summary>Why a text is no JSON object that can be stored, or null.</summary>
    public static string? Problem(string name, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, s_strict);
            if (text.Contains("\\u", StringComparison.Ordinal)) Decode(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : $"'{name}' is no JSON object; write {{…}}";
        }
        catch (InvalidOperationException)
        {
            return $"'{name}' holds half of a UTF-16 pair; send whole characters";
        }
        catch (JsonException e)
        {
            return $"'{name}' is no JSON object ({e.Message.TrimEnd('.')}); write {{…}}, every name once, at most {Deepest} levels deep";
        }
    }

    /// <summary>The object's text without spaces.</summary>
    /// <exception cref="InputException">It is no JSON object, or too long.</exception>
    public static string Compact(string name, string? text, int longest)
    {
        if (text is null) throw new InputException($"'{name}' is missing; write {{…}}");
        if ((StoredText.Problem(name, text, longest) ?? Problem(name, text)) is { } problem) throw new InputException(problem);
        return Parse(text).ToJsonString();
    }

    /// <summary>What an object becomes by a merge patch (RFC 7396): null removes a member, an object changes inside, everything else replaces.</summary>
    public static string Patch(string text, string patch) => Merge(Parse(text), Parse(patch)).ToJsonString();

    // an escape of half a pair shows when it is decoded
    private static void Decode(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) _ = value.GetString();
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var element in value.EnumerateArray()) Decode(element);
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject())
        {
            _ = member.Name;
            Decode(member.Value);
        }
    }

    private static JsonObject Parse(string text) => JsonNode.Parse(text, documentOptions: s_strict)!.AsObject();

    private static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) target.Remove(name);
            else if (value is JsonObject inner) target[name] = Merge(target[name] as JsonObject is { } there ? Detached(target, name, there) : [], inner);
            else target[name] = value.DeepClone();
        }

        return target;
    }

    // a node has one parent: it leaves it before it is put back
    private static JsonObject Detached(JsonObject parent, string name, JsonObject child)
    {
        parent.Remove(name);
        return child;
    }
}
