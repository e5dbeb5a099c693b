using System.Text.Json;

namespace Sundry.Serving;

/// <summary>Reads what a server sends. What is not known is passed over: a newer server may say more.</summary>
internal static class ClientJson
{
    public static Answer Answer(JsonElement json) => new()
    {
        Id = Text(json, "id") ?? "",
        Scenario = Text(json, "scenario") ?? "",
        Items = json.TryGetProperty("items", out var items) ? [.. items.EnumerateArray().Select(Item)] : [],
        Model = Text(json, "model"),
        Degraded = Texts(json, "degraded"),
        Position = json.TryGetProperty("position", out var position) ? position.GetInt64() : 0,
        Took = TimeSpan.FromMilliseconds(json.TryGetProperty("took_ms", out var took) ? took.GetDouble() : 0),
    };

    public static SundryException Problem(int status, byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } json && Text(json, "detail") is { } detail)
                return new SundryException(status, (Text(json, "type") ?? "").Split(':')[^1], detail, Text(json, "field"), Text(json, "mend"));
        }
        catch (JsonException)
        {
            // something between here and the server answered
        }

        return new SundryException(status, "", $"the server answered {status}", null, null);
    }

    public static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static AnswerItem Item(JsonElement json) => new()
    {
        Id = Text(json, "id") ?? "",
        Score = json.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number ? score.GetDouble() : null,
        Tasks = json.TryGetProperty("tasks", out var tasks) ? tasks.EnumerateObject().Where(t => t.Value.ValueKind == JsonValueKind.Number).ToDictionary(t => t.Name, t => t.Value.GetDouble()) : new Dictionary<string, double>(),
        Sources = Texts(json, "sources"),
        Reasons = Texts(json, "reasons"),
        Notes = Texts(json, "notes"),
    };

    private static string[] Texts(JsonElement json, string name) => json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(t => t.GetString() ?? "")] : [];
}
