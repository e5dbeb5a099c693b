using System.Collections.Concurrent;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>A text as a bag of terms: those of the vocabulary, or all of them hashed, in ascending order; empty where the text is missing or holds no known word.</summary>
internal sealed class TextBagEncoder : FeatureEncoder
{
    public const string Kind = "text";

    private readonly int _grams;
    private readonly int _length;
    private readonly Pooling _pooling;
    private readonly WordPieces? _pieces;
    private readonly TermWeights? _weights;
    // a cutter keeps what it works in, and rows are encoded by several threads
    private readonly ConcurrentBag<TextCutter> _cutters = [];

    public TextBagEncoder(string name, int? embedding, IReadOnlyList<string> columns, int grams, int length, Pooling pooling, WordPieces? pieces, Vocabulary vocabulary, TermWeights? weights)
        : base(name, embedding, columns)
    {
        _grams = grams;
        _length = length;
        _pooling = pooling;
        _pieces = pieces;
        _weights = weights;
        Vocabulary = vocabulary;
    }

    public override Vocabulary? Vocabulary { get; }

    public override int IdCount => 0;

    public override bool IsBag => true;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers) =>
        bags.Add(new BagField(Name, Name, Vocabulary!.Rows, Embedding, _weights is null ? _pooling : Pooling.Sum) { Weights = _weights });

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        if (missing) return null;
        int first = bag.Count;
        if (!_cutters.TryTake(out var cutter)) cutter = new TextCutter(_grams, _length, _pieces?.Twin());
        cutter.Cut(field);
        for (int i = 0; i < cutter.Count; i++)
        {
            int row = Vocabulary!.Row(cutter[i]);
            // an unknown word says nothing that others do not
            if (row > 0) bag.Add(row);
        }

        _cutters.Add(cutter);
        bag.Sort(first);
        return null;
    }

    public static TextBagEncoder ReadBody(string name, int? embedding, IReadOnlyList<string> columns, JsonElement json)
    {
        int grams = json.GetProperty("grams").GetInt32();
        int length = json.GetProperty("length").GetInt32();
        Check(grams is >= 1 and <= 5 && length is >= 1 and <= 1 << 16, "the size of a text");
        Check(Enum.TryParse(json.GetProperty("pooling").GetString(), out Pooling pooling) && Enum.IsDefined(pooling), "a pooling");
        var vocabulary = Sundry.Data.Vocabulary.Read(json);
        TermWeights? weights = null;
        if (json.TryGetProperty("rarity", out var list))
        {
            var rarity = new float[list.GetArrayLength()];
            Check(rarity.Length == vocabulary.Rows, "the number of a text's weights");
            for (int i = 0; i < rarity.Length; i++)
            {
                rarity[i] = list[i].GetSingle();
                Check(float.IsFinite(rarity[i]), "a word's weight");
            }

            weights = new TermWeights(rarity);
        }

        return new TextBagEncoder(name, embedding, columns, grams, length, pooling, json.TryGetProperty("pieces", out var pieces) ? WordPieces.Read(pieces) : null, vocabulary, weights);
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        json.WriteNumber("grams", _grams);
        json.WriteNumber("length", _length);
        json.WriteString("pooling", _pooling.ToString());
        _pieces?.Write(json);
        Vocabulary!.Write(json);
        if (_weights is null) return;
        json.WriteStartArray("rarity");
        foreach (float rarity in _weights.Rarity) json.WriteNumberValue(rarity);
        json.WriteEndArray();
    }
}
