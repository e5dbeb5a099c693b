using System.Text.Json;

namespace Sundry.Data;

/// <summary>A user's newest events: a sequence of items, and beside it sequences of equal length of what is said of them. Rows of a log alone have it.</summary>
internal sealed class HistoryEncoder(History history, int? embedding, Pooling pooling, IReadOnlyList<Vocabulary?> vocabularies, IReadOnlyList<string?> tables) : FeatureEncoder(history.Name, embedding)
{
    public const string Kind = "history";

    public History History { get; } = history;

    /// <summary>The vocabulary of the items, then of what stands beside them; null for types and ages.</summary>
    public IReadOnlyList<Vocabulary?> Vocabularies { get; } = vocabularies;

    public override int IdCount => 0;

    public override int BagCount => Vocabularies.Count;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers)
    {
        for (int i = 0; i < Vocabularies.Count; i++)
        {
            var beside = i == 0 ? null : History.Beside[i - 1];
            int rows = Vocabularies[i]?.Rows ?? (beside == History.Age ? RowWindow.AgeRows : History.Events.Count + 1);
            bags.Add(new BagField(beside is null ? Name : $"{Name}:{beside}", Name, rows, Embedding, pooling) { Length = History.Length, Window = Name, Ages = beside == History.Age, Table = tables[i], Along = beside is null ? null : Name });
        }
    }

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag) =>
        $"'{Name}' is a history, which a table's field cannot hold; predict from the log";

    public static HistoryEncoder ReadBody(string name, int? embedding, JsonElement json)
    {
        var history = new History(name, Texts(json.GetProperty("events")), json.GetProperty("length").GetInt32(), Texts(json.GetProperty("beside")));
        Check(history.Length is >= 1 and <= 1 << 20 && history.Events.Count is >= 1 and <= EventTypes.Most, "a history");
        Check(Enum.TryParse(json.GetProperty("pooling").GetString(), out Pooling pooling) && Enum.IsDefined(pooling), "a pooling");
        var vocabularies = new List<Vocabulary?>();
        foreach (var entry in json.GetProperty("vocabularies").EnumerateArray()) vocabularies.Add(entry.ValueKind == JsonValueKind.Null ? null : Vocabulary.Read(entry));
        Check(vocabularies.Count == 1 + history.Beside.Count && vocabularies[0] is not null, "a history's vocabularies");
        for (int i = 1; i < vocabularies.Count; i++) Check((vocabularies[i] is null) == (history.Beside[i - 1] is History.Age or History.Event), "a history's vocabulary");
        string?[] tables = [.. json.GetProperty("tables").EnumerateArray().Select(table => table.GetString())];
        Check(tables.Length == vocabularies.Count, "a history's tables");
        return new HistoryEncoder(history, embedding, pooling, vocabularies, tables);
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        Write(json, "events", History.Events);
        json.WriteNumber("length", History.Length);
        Write(json, "beside", History.Beside);
        json.WriteString("pooling", pooling.ToString());
        json.WriteStartArray("tables");
        foreach (var table in tables) json.WriteStringValue(table);
        json.WriteEndArray();
        json.WriteStartArray("vocabularies");
        foreach (var vocabulary in Vocabularies)
        {
            if (vocabulary is null)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartObject();
            vocabulary.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string key, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString()!)];
}
