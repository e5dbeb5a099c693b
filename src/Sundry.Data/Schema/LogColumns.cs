using System.Text.Json;

namespace Sundry.Data;

/// <summary>The columns, beside those that every log has, of the log that an encoder was fitted on: a name that two tables have is told apart by them.</summary>
/// <param name="Context">Further columns of the events.</param>
/// <param name="Items">Columns of the catalogue.</param>
/// <param name="Users">Columns of the customers.</param>
public sealed record LogColumns(IReadOnlyList<string> Context, IReadOnlyList<string> Items, IReadOnlyList<string> Users)
{
    /// <summary>Of each category the one above it.</summary>
    public IReadOnlyDictionary<string, string> Parents { get; init; } = new Dictionary<string, string>();

    internal static LogColumns Of(EventLog log) =>
        new([.. log.Context.Select(c => c.Name)], [.. log.ItemColumns.Select(c => c.Name)], [.. log.UserColumns.Select(c => c.Name)]) { Parents = log.CategoryParents };

    /// <summary>Writes it as the member <c>log</c>.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("log");
        foreach (var (key, names) in new[] { ("context", Context), ("items", Items), ("users", Users) })
        {
            json.WriteStartArray(key);
            foreach (var name in names) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (Parents.Count > 0)
        {
            json.WriteStartObject("parents");
            foreach (var (category, parent) in Parents.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(category, parent);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A category is above itself.</exception>
    internal static LogColumns Read(JsonElement json)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json.TryGetProperty("parents", out var tree))
            foreach (var pair in tree.EnumerateObject()) parents[pair.Name] = pair.Value.GetString()!;
        foreach (var category in parents.Keys)
        {
            var at = category;
            for (int steps = 0; parents.TryGetValue(at, out var above); at = above)
                if (++steps > parents.Count) throw new InvalidDataException($"the encoder is damaged: the category '{category}' is above itself");
        }

        return new LogColumns(Names(json, "context"), Names(json, "items"), Names(json, "users")) { Parents = parents };
    }

    private static string[] Names(JsonElement json, string key) => [.. json.GetProperty(key).EnumerateArray().Select(name => name.GetString()!)];
}
