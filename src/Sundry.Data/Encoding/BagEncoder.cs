using System.Text;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>A multi-categorical feature: a bag of ids, empty where the field is missing.</summary>
internal sealed class BagEncoder(string name, int? embedding, string separator, Pooling pooling, Vocabulary vocabulary) : FeatureEncoder(name, embedding)
{
    public const string Kind = "multi_categorical";

    private readonly byte[] _separator = Encoding.UTF8.GetBytes(separator);

    public Vocabulary Vocabulary { get; } = vocabulary;

    public override int IdCount => 0;

    public override bool IsBag => true;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers) => bags.Add(new BagField(Name, Name, Vocabulary.Rows, Embedding, pooling));

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        if (missing) return null;
        var rest = field;
        while (Next(ref rest, _separator, out var value))
            if (!texts.Contains(value)) bag.Add(Vocabulary.Row(value));
        return null;
    }

    /// <summary>Takes the next value of a bag, without outer spaces; false after the last one.</summary>
    public static bool Next(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> separator, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (rest.IsEmpty) return false;
        // a list in JSON carries its own marks
        bool list = rest[0] == JsonLinesReader.ListMark;
        if (list) rest = rest[1..];
        int end = list ? rest.IndexOf(JsonLinesReader.ListMark) : rest.IndexOf(separator);
        if (end < 0)
        {
            value = rest.Trim((byte)' ');
            rest = default;
            return true;
        }

        value = rest[..end].Trim((byte)' ');
        rest = list ? rest[end..] : rest[(end + separator.Length)..];
        return true;
    }

    public static BagEncoder ReadBody(string name, int? embedding, JsonElement json)
    {
        var separator = json.GetProperty("separator").GetString()!;
        Check(separator.Length > 0, "a separator");
        Check(Enum.TryParse(json.GetProperty("pooling").GetString(), out Pooling pooling) && Enum.IsDefined(pooling), "a pooling");
        return new BagEncoder(name, embedding, separator, pooling, Vocabulary.Read(json));
    }

    protected override void WriteBody(Utf8JsonWriter json)
    {
        json.WriteString("kind", Kind);
        json.WriteString("separator", separator);
        json.WriteString("pooling", pooling.ToString());
        Vocabulary.Write(json);
    }
}
