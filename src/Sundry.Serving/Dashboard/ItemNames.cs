using System.Text.Json;

namespace Sundry.Serving;

/// <summary>What people call items, and what is said of items and users, read from the store's JSON.</summary>
internal static class ItemNames
{
    private static readonly string[] s_titles = ["title", "name"];

    /// <summary>An answer with its items' names, and those of <paramref name="further"/> items.</summary>
    public static async Task<ListedAnswer> List(ShopStore store, Answer answer, IEnumerable<string> further, CancellationToken cancel)
    {
        var names = new Dictionary<string, string>();
        foreach (var id in answer.Items.Select(i => i.Id).Concat(further).Distinct())
            if (await store.Items.Get(id, cancel) is { Attributes: { } attributes } && Title(attributes) is { } title) names[id] = title;
        return new ListedAnswer(answer, names);
    }

    /// <summary>The item's title; null where it has none.</summary>
    public static string? Title(string attributes)
    {
        using var json = JsonDocument.Parse(attributes);
        foreach (var name in s_titles)
            if (json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } title) return title;
        return null;
    }

    /// <summary>Attributes by name, each as text.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Attributes(string attributes)
    {
        using var json = JsonDocument.Parse(attributes);
        return [.. json.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.ValueKind == JsonValueKind.Array
            ? string.Join(", ", p.Value.EnumerateArray().Select(v => v.ToString())) : p.Value.ToString()))];
    }
}
