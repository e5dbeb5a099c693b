using System.Text.Json;

namespace Sundry.Data;

/// <summary>The columns, beside those that every log has, of the log that an encoder was fitted on: a name that two tables have is told apart by them.</summary>
/// <param name="Context">Further columns of the events.</param>
/// <param name="Items">Columns of the catalogue.</param>
/// <param name="Users">Columns of the customers.</param>
public sealed record LogColumns(IReadOnlyList<string> Context, IReadOnlyList<string> Items, IReadOnlyList<string> Users)
{
    internal static LogColumns Of(EventLog log) => new([.. log.Context.Select(c => c.Name)], [.. log.ItemColumns.Select(c => c.Name)], [.. log.UserColumns.Select(c => c.Name)]);

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

        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static LogColumns Read(JsonElement json) => new(Names(json, "context"), Names(json, "items"), Names(json, "users"));

    private static string[] Names(JsonElement json, string key) => [.. json.GetProperty(key).EnumerateArray().Select(name => name.GetString()!)];
}
