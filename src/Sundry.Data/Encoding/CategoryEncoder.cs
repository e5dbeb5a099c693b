using System.Text.Json;

namespace Sundry.Data;

/// <summary>A categorical feature: one id.</summary>
internal sealed class CategoryEncoder(string name, int? embedding, Vocabulary vocabulary) : FeatureEncoder(name, embedding)
{
    public const string Kind = "categorical";

    public Vocabulary Vocabulary { get; } = vocabulary;

    public override int IdCount => 1;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers) => ids.Add(new IdField(Name, Name, Vocabulary.Rows, Embedding));

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        ids[0] = missing ? Vocabulary.Missing : Vocabulary.Row(field);
        return null;
    }

    public static CategoryEncoder ReadBody(string name, int? embedding, JsonElement json) => new(name, embedding, Vocabulary.Read(json));

    protected override void WriteBody(Utf8JsonWriter json)
    {
        json.WriteString("kind", Kind);
        Vocabulary.Write(json);
    }
}
