using System.Text.Json;

namespace Sundry.Data;

/// <summary>A categorical feature or a cross of several columns: one id.</summary>
internal sealed class CategoryEncoder(string name, int? embedding, Vocabulary vocabulary, IReadOnlyList<string>? columns = null) : FeatureEncoder(name, embedding, columns)
{
    public const string Kind = "categorical";

    public override Vocabulary? Vocabulary { get; } = vocabulary;

    /// <summary>A mark that no text has in it.</summary>
    public override ReadOnlySpan<byte> Joint => [0x1f];

    public override int IdCount => 1;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers) => ids.Add(new IdField(Name, Name, Vocabulary!.Rows, Embedding) { Table = Table });

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        ids[0] = missing ? Vocabulary!.Missing : Vocabulary!.Row(field);
        return null;
    }

    public static CategoryEncoder ReadBody(string name, int? embedding, IReadOnlyList<string> columns, Vocabulary vocabulary, string? table) =>
        new(name, embedding, vocabulary, columns) { Table = table };

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        if (writesTable) Vocabulary!.Write(json);
    }
}
