using System.Text.Json;

namespace Sundry.Data;

/// <summary>A categorical feature or a cross of several columns: one id.</summary>
internal sealed class CategoryEncoder(string name, int? embedding, Vocabulary vocabulary) : FeatureEncoder(name, embedding)
{
    public const string Kind = "categorical";

    public override Vocabulary? Vocabulary { get; } = vocabulary;

    /// <summary>The columns of a cross; none for a category of one column.</summary>
    public IReadOnlyList<string> Of { get; init; } = [];

    public override IReadOnlyList<string> Columns => Of.Count > 0 ? Of : base.Columns;

    public override int IdCount => 1;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers) => ids.Add(new IdField(Name, Name, Vocabulary!.Rows, Embedding) { Table = Table });

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        ids[0] = missing ? Vocabulary!.Missing : Vocabulary!.Row(field);
        return null;
    }

    public static CategoryEncoder ReadBody(string name, int? embedding, JsonElement json, Vocabulary vocabulary, string? table)
    {
        var of = new List<string>();
        if (json.TryGetProperty("of", out var columns))
            foreach (var column in columns.EnumerateArray()) of.Add(column.GetString()!);
        return new CategoryEncoder(name, embedding, vocabulary) { Table = table, Of = of };
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        if (Of.Count > 0)
        {
            json.WriteStartArray("of");
            foreach (var column in Of) json.WriteStringValue(column);
            json.WriteEndArray();
        }

        if (writesTable) Vocabulary!.Write(json);
    }
}
