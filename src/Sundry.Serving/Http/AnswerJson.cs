using System.Text.Json;

namespace Sundry.Serving;

/// <summary>Writes answers as they are sent.</summary>
internal static class AnswerJson
{
    private static readonly JsonEncodedText s_id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText s_score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText s_tasks = JsonEncodedText.Encode("tasks");
    private static readonly JsonEncodedText s_sources = JsonEncodedText.Encode("sources");
    private static readonly JsonEncodedText s_reasons = JsonEncodedText.Encode("reasons");
    private static readonly JsonEncodedText s_notes = JsonEncodedText.Encode("notes");

    public static void Answer(Utf8JsonWriter json, Answer answer)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Id);
        json.WriteString("scenario", answer.Scenario);
        json.WriteStartArray("items");
        for (var i = 0; i < answer.Items.Count; i++) Item(json, answer.Items[i]);
        json.WriteEndArray();
        if (answer.Model is null) json.WriteNull("model");
        else json.WriteString("model", answer.Model);
        Texts(json, "degraded", answer.Degraded);
        json.WriteNumber("position", answer.Position);
        json.WriteNumber("took_ms", Math.Round(answer.Took.TotalMilliseconds, 3));
        json.WriteEndObject();
    }

    private static void Item(Utf8JsonWriter json, AnswerItem item)
    {
        json.WriteStartObject();
        json.WriteString(s_id, item.Id);
        if (item.Score is { } score)
        {
            json.WritePropertyName(s_score);
            Number(json, score);
        }

        if (item.Tasks.Count > 0) Tasks(json, item.Tasks);
        Texts(json, s_sources, item.Sources);
        Texts(json, s_reasons, item.Reasons);
        Texts(json, s_notes, item.Notes);
        json.WriteEndObject();
    }

    private static void Tasks(Utf8JsonWriter json, IReadOnlyDictionary<string, double> tasks)
    {
        json.WriteStartObject(s_tasks);
        if (tasks is TaskOutputs outputs)
            for (var t = 0; t < outputs.Count; t++) Number(json, outputs.Names[t], outputs.Outputs[t]);
        else
            foreach (var (name, value) in tasks) Number(json, name, value);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, JsonEncodedText name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return;
        json.WriteStartArray(name);
        for (var i = 0; i < texts.Count; i++) json.WriteStringValue(texts[i]);
        json.WriteEndArray();
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

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    // JSON has no word for what is not finite
    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }
}
