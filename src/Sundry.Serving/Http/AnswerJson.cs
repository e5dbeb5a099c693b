using System.Text.Json;

namespace Sundry.Serving;

/// <summary>Writes answers as they are sent.</summary>
internal static class AnswerJson
{
    public static void Answer(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteString("scenario", answer.Scenario);
        json.WriteStartArray("items");
        foreach (var item in answer.Items)
        {
            json.WriteStartObject();
            json.WriteString("id", item.Id);
            if (item.Score is { } score) Number(json, "score", score);
            if (item.Tasks.Count > 0) Numbers(json, "tasks", item.Tasks);
            if (item.Sources.Count > 0) Texts(json, "sources", item.Sources);
            if (item.Reasons.Count > 0) Texts(json, "reasons", item.Reasons);
            if (item.Notes.Count > 0) Texts(json, "notes", item.Notes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (answer.Model is null) json.WriteNull("model");
        else json.WriteString("model", answer.Model);
        Texts(json, "degraded", answer.Degraded);
        json.WriteNumber("position", answer.Position);
        json.WriteNumber("took_ms", Math.Round(answer.Took.TotalMilliseconds, 3));
        json.WriteEndObject();
    }

    public static void Explanation(Utf8JsonWriter json, AnswerExplanation explanation)
    {
        json.WriteStartObject();
        json.WriteNumber("time", explanation.Time);
        json.WritePropertyName("request");
        JsonSerializer.Serialize(json, RecommendBody.Of(explanation.Request), WireJson.Strict.RecommendBody);
        json.WriteStartObject("candidates");
        foreach (var (source, count) in explanation.Candidates) json.WriteNumber(source, count);
        json.WriteEndObject();
        json.WriteNumber("scored", explanation.Scored);
        json.WriteString("order", explanation.Order);
        Numbers(json, "stages_ms", explanation.Stages);
        json.WritePropertyName("answer");
        Answer(json, explanation.Answer);
        json.WriteEndObject();
    }

    public static void User(Utf8JsonWriter json, string id, StoredItem? stored, UserView? view)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WritePropertyName("attributes");
        json.WriteRawValue(stored?.Attributes ?? "{}", skipInputValidation: true);
        Texts(json, "items", view?.Items ?? []);
        json.WriteStartArray("bought");
        foreach (var (item, time) in view?.Bought ?? [])
        {
            json.WriteStartObject();
            json.WriteString("item", item);
            json.WriteNumber("time", time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("interests");
        foreach (var (category, share) in view?.Interests ?? [])
        {
            json.WriteStartObject();
            json.WriteString("category", category);
            Number(json, "share", share);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Numbers(json, "tasks", view?.Tasks ?? new Dictionary<string, double>());
        if (view?.Model is { } model) json.WriteString("model", model);
        json.WriteEndObject();
    }

    public static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers) Number(json, key, value);
        json.WriteEndObject();
    }

    // JSON has no word for what is not finite
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
