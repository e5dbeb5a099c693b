using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// Turns one feature's field into ids and numbers. The same methods encode a raw row and, value by value or text by text, the training matrices, so
/// that both are equal to the bit.
/// </summary>
internal abstract class FeatureEncoder
{
    protected FeatureEncoder(string name, int? embedding, IReadOnlyList<string>? columns = null)
    {
        Name = name;
        Embedding = embedding;
        Columns = columns ?? [name];
    }

    /// <summary>The feature's name, which is its column's where it has one alone.</summary>
    public string Name { get; }

    /// <summary>The columns that it is made of.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What stands between the fields of several columns.</summary>
    public virtual ReadOnlySpan<byte> Joint => " "u8;

    /// <summary>The table whose vocabulary and embeddings it shares, or null.</summary>
    public string? Table { get; init; }

    /// <summary>Its vocabulary, where it has one.</summary>
    public virtual Vocabulary? Vocabulary => null;

    /// <summary>How many of its number columns, the first of them, are pieces of one number.</summary>
    public virtual int Pieces => 0;

    /// <summary>The embedding's width where the configuration asks for one.</summary>
    public int? Embedding { get; }

    /// <summary>How many id columns it fills.</summary>
    public abstract int IdCount { get; }

    /// <summary>How many number columns it fills.</summary>
    public virtual int NumberCount => 0;

    /// <summary>Whether it fills a bag column.</summary>
    public virtual bool IsBag => false;

    /// <summary>How many bag columns it fills.</summary>
    public virtual int BagCount => IsBag ? 1 : 0;

    /// <summary>Adds its columns, in the order in which <see cref="Encode"/> fills them.</summary>
    public abstract void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers);

    /// <summary>Encodes a field; null, or what is wrong with it.</summary>
    /// <param name="field">The field's bytes.</param>
    /// <param name="missing">Whether the field means that the value is missing.</param>
    /// <param name="texts">The texts that mean so, for the values of a bag.</param>
    /// <param name="ids">[<see cref="IdCount"/>] receives the ids.</param>
    /// <param name="numbers">[<see cref="NumberCount"/>] receives the numbers.</param>
    /// <param name="bag">Receives a bag's ids behind those that it holds.</param>
    public abstract string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag);

    /// <summary>Writes it as a JSON object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="tables">The tables whose vocabularies are written already; each is written once.</param>
    public void Write(Utf8JsonWriter json, HashSet<string> tables)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        if (Embedding is { } width) json.WriteNumber("embedding", width);
        if (Columns is not [var only] || only != Name)
        {
            json.WriteStartArray("columns");
            foreach (var column in Columns) json.WriteStringValue(column);
            json.WriteEndArray();
        }

        if (Table is not null) json.WriteString("table", Table);
        WriteBody(json, Vocabulary is null || tables.Add(Table ?? Name));
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The object.</param>
    /// <param name="tables">The vocabularies read so far, by table.</param>
    public static FeatureEncoder Read(JsonElement json, Dictionary<string, Vocabulary> tables)
    {
        var name = json.GetProperty("name").GetString()!;
        int? embedding = json.TryGetProperty("embedding", out var width) ? width.GetInt32() : null;
        Check(embedding is null or (>= 1 and <= 1 << 16), "an embedding's width");
        var table = json.TryGetProperty("table", out var shared) ? shared.GetString() : null;
        IReadOnlyList<string> columns = json.TryGetProperty("columns", out var list) ? [.. list.EnumerateArray().Select(static column => column.GetString()!)] : [name];
        Check(columns.Count > 0, "a feature's columns");
        return json.GetProperty("kind").GetString() switch
        {
            CategoryEncoder.Kind => CategoryEncoder.ReadBody(name, embedding, columns, VocabularyOf(table ?? name, json, tables), table),
            BagEncoder.Kind or BagEncoder.SequenceKind => BagEncoder.ReadBody(name, embedding, columns, json, VocabularyOf(table ?? name, json, tables), table),
            PiecewiseEncoder.Kind => PiecewiseEncoder.ReadBody(name, embedding, json),
            NumberEncoder.Kind => NumberEncoder.ReadBody(name, embedding, json),
            TextSequenceEncoder.Kind => TextSequenceEncoder.ReadBody(name, embedding, columns, json),
            TextBagEncoder.Kind => TextBagEncoder.ReadBody(name, embedding, columns, json),
            VectorEncoder.Kind => VectorEncoder.ReadBody(name, embedding, columns, json),
            VectorFileEncoder.Kind => VectorFileEncoder.ReadBody(name, embedding, columns, json),
            TimeEncoder.Kind => TimeEncoder.ReadBody(name, embedding, json),
            HistoryEncoder.Kind => HistoryEncoder.ReadBody(name, embedding, json),
            var kind => throw new InvalidDataException($"the encoder knows no feature kind '{kind}'"),
        };
    }

    /// <summary>Refuses a document whose values do not fit together.</summary>
    protected static void Check(bool holds, string what)
    {
        if (!holds) throw new InvalidDataException($"the encoder is damaged: {what} is out of bounds");
    }

    protected abstract void WriteBody(Utf8JsonWriter json, bool writesTable);

    private static Vocabulary VocabularyOf(string table, JsonElement json, Dictionary<string, Vocabulary> tables) =>
        tables.TryGetValue(table, out var known) ? known : tables[table] = Vocabulary.Read(json);
}
