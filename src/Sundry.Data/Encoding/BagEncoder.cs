using System.Text;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>A multi-categorical feature or a sequence: a bag of ids, empty where the field is missing.</summary>
internal sealed class BagEncoder(string name, int? embedding, string separator, Pooling pooling, Vocabulary vocabulary, IReadOnlyList<string>? columns = null) : FeatureEncoder(name, embedding, columns)
{
    public const string Kind = "multi_categorical";
    public const string SequenceKind = "sequence";

    private readonly byte[] _separator = Encoding.UTF8.GetBytes(separator);

    public override Vocabulary? Vocabulary { get; } = vocabulary;

    /// <summary>0 for a set; for a sequence the most ids of a row. <see cref="Encode"/> gives all of them.</summary>
    public int Length { get; init; }

    /// <summary>The sequence that it goes along with, or null.</summary>
    public string? Along { get; init; }

    /// <summary>Whether each category brings those above it.</summary>
    public bool Tree { get; init; }

    /// <summary>The text between two values.</summary>
    public string Separator => separator;

    public override int IdCount => 0;

    public override bool IsBag => true;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers) => bags.Add(new BagField(Name, Name, Vocabulary!.Rows, Embedding, pooling) { Length = Length, Table = Table, Along = Along });

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        if (missing) return null;
        var rest = field;
        while (Next(ref rest, _separator, out var value))
        {
            if (!texts.Contains(value)) bag.Add(Vocabulary!.Row(value));
            else if (Length > 0) bag.Add(Vocabulary!.Missing);
        }

        return null;
    }

    /// <summary>What is wrong with a row in which a sequence does not go along with another.</summary>
    public static string Uneven(string name, int count, string lead, int leadCount) =>
        $"'{name}' has {count} values and '{lead}', which it goes along with, {leadCount}; give both as many, leaving a value empty where there is none";

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

    public static BagEncoder ReadBody(string name, int? embedding, IReadOnlyList<string> columns, JsonElement json, Vocabulary vocabulary, string? table)
    {
        var separator = json.GetProperty("separator").GetString()!;
        Check(separator.Length > 0, "a separator");
        Check(Enum.TryParse(json.GetProperty("pooling").GetString(), out Pooling pooling) && Enum.IsDefined(pooling), "a pooling");
        int length = json.TryGetProperty("length", out var most) ? most.GetInt32() : 0;
        Check(length is >= 0 and <= 10_000, "a sequence's length");
        bool tree = json.TryGetProperty("tree", out var above) && above.GetBoolean();
        return new BagEncoder(name, embedding, separator, pooling, vocabulary, columns) { Table = table, Length = length, Tree = tree, Along = json.TryGetProperty("along", out var along) ? along.GetString() : null };
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Length > 0 ? SequenceKind : Kind);
        json.WriteString("separator", separator);
        json.WriteString("pooling", pooling.ToString());
        if (Length > 0) json.WriteNumber("length", Length);
        if (Tree) json.WriteBoolean("tree", true);
        if (Along is not null) json.WriteString("along", Along);
        if (writesTable) Vocabulary!.Write(json);
    }
}
