using System.Collections.Concurrent;
using System.Text.Json;

namespace Sundry.Data;

/// <summary>
/// A text as the tokens of an encoder, in their order: pieces between the marks of a beginning and an end, or known words behind a mark of a beginning. Empty where the
/// text is missing.
/// </summary>
internal sealed class TextSequenceEncoder : FeatureEncoder
{
    public const string Kind = "text_sequence";

    private readonly int _length;
    private readonly WordPieces? _pieces;
    private readonly Vocabulary? _words;
    private readonly ConcurrentBag<TextCutter> _cutters = [];

    public TextSequenceEncoder(string name, int? embedding, IReadOnlyList<string> columns, int length, WordPieces? pieces, Vocabulary? words, TextField text)
        : base(name, embedding, columns)
    {
        _length = length;
        _pieces = pieces;
        _words = words;
        Text = text;
    }

    public TextField Text { get; }

    public override ReadOnlySpan<byte> Joint => " "u8;

    public override int IdCount => 0;

    public override bool IsBag => true;

    public override void Describe(List<IdField> ids, List<BagField> bags, List<string> numbers) =>
        bags.Add(new BagField(Name, Name, _pieces?.Count ?? _words!.Rows, Embedding, Pooling.Mean) { Length = _length, Text = Text });

    public override string? Encode(ReadOnlySpan<byte> field, bool missing, MissingTexts texts, Span<int> ids, Span<float> numbers, IntList bag)
    {
        if (missing) return null;
        if (!_cutters.TryTake(out var cutter)) cutter = new TextCutter(1, _length, _pieces?.Twin());
        if (_pieces is not null) cutter.CutPieces(field, bag);
        else
        {
            bag.Add(_words!.Missing);
            cutter.Cut(field);
            for (int i = 0; i < Math.Min(cutter.Count, _length - 1); i++) bag.Add(_words.Row(cutter[i]));
        }

        _cutters.Add(cutter);
        return null;
    }

    /// <summary>The same encoder whose first weights come from a file.</summary>
    public TextSequenceEncoder From(string? weights) => new(Name, Embedding, Columns, _length, _pieces, _words, Text with { Weights = weights });

    public static TextSequenceEncoder ReadBody(string name, int? embedding, IReadOnlyList<string> columns, JsonElement json)
    {
        int Number(string key) => json.GetProperty(key).GetInt32();
        int length = Number("length");
        var shape = new TextShape(Number("tokens"), Number("width"), Number("layers"), Number("heads"), Number("inner"), Number("positions"), json.GetProperty("epsilon").GetDouble());
        Check(length >= 2 && length <= shape.Positions && shape.Fits() && Number("adapter") >= 1, "a text encoder's size");
        Check(Enum.TryParse(json.GetProperty("summary").GetString(), out TextSummary summary) && Enum.IsDefined(summary), "a text's summary");
        Check(Enum.TryParse(json.GetProperty("train").GetString(), out TextTraining train) && Enum.IsDefined(train), "what training changes");
        var pieces = json.TryGetProperty("pieces", out var list) ? WordPieces.Read(list) : null;
        var words = pieces is null ? Sundry.Data.Vocabulary.Read(json) : null;
        Check((pieces?.Count ?? words!.Rows) == shape.Tokens && (pieces is null ? words!.HasMissing : pieces.Begin >= 0 && pieces.End >= 0), "the number of tokens");
        return new TextSequenceEncoder(name, embedding, columns, length, pieces, words, new TextField(shape, summary, train, Number("adapter")));
    }

    protected override void WriteBody(Utf8JsonWriter json, bool writesTable)
    {
        json.WriteString("kind", Kind);
        json.WriteNumber("length", _length);
        json.WriteNumber("tokens", Text.Shape.Tokens);
        json.WriteNumber("width", Text.Shape.Width);
        json.WriteNumber("layers", Text.Shape.Layers);
        json.WriteNumber("heads", Text.Shape.Heads);
        json.WriteNumber("inner", Text.Shape.Inner);
        json.WriteNumber("positions", Text.Shape.Positions);
        json.WriteNumber("epsilon", Text.Shape.Epsilon);
        json.WriteString("summary", Text.Summary.ToString());
        json.WriteString("train", Text.Train.ToString());
        json.WriteNumber("adapter", Text.Adapter);
        if (_pieces is not null) _pieces.Write(json);
        else _words!.Write(json);
    }
}
