namespace Sundry.Data;

/// <summary>A text on its way to the tokens that an encoder reads.</summary>
internal sealed class TextSequenceColumn : CutTextColumn, IBagColumn
{
    private readonly WordPieces? _pieces;
    private readonly ValueCounts? _words;
    private readonly TextShape? _given;
    private readonly TextCutter _cutter;
    private readonly int _length;
    private readonly IntList _ids = new();
    private int[] _rows = [];

    public TextSequenceColumn(string name, FeatureOptions options, MissingTexts missing, string folder)
        : base(name, options, missing)
    {
        folder = Path.GetFullPath(folder);
        _length = options.Most;
        if (options.Encoder!.Folder is { } model)
        {
            model = Path.GetFullPath(model, folder);
            _given = TextShape.ReadConfig(Path.Combine(model, "config.json"));
            _pieces = Pieces(Path.Combine(model, "vocab.txt"));
            if (_pieces.Count != _given.Tokens) throw new InputException($"it has {_pieces.Count} pieces, and config.json says {_given.Tokens}; it is cut short or of another model", Path.Combine(model, "vocab.txt"));
            _length = Math.Min(_length, _given.Positions);
        }
        else if (options.Tokens == TextTokens.Pieces)
        {
            _pieces = Pieces(Path.GetFullPath(options.Vocabulary!, folder));
        }
        else
        {
            _words = new ValueCounts(new ValueTable(name, options, new MissingTexts([])), missingRow: true);
        }

        _cutter = new TextCutter(1, _length, _pieces);
    }

    public override void Count(ReadOnlySpan<Part> parts)
    {
        var counts = _words?.Counters();
        var codes = Codes.Items;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] != Part.Train) continue;
            Texts++;
            if (Ends[i] == Ends[i + 1]) Empty++;
            if (counts is null) continue;
            foreach (int code in codes[Ends[i]..Ends[i + 1]]) counts[code]++;
        }
    }

    public override FeatureSummary Fit()
    {
        IReadOnlyList<ValueCount> top = [];
        Vocabulary? words = null;
        if (_words is not null)
        {
            words = _words.Fit(out var frequent);
            top = frequent;
        }

        int tokens = words?.Rows ?? _pieces!.Count;
        var dropped = Texts > Empty ? null : "it is empty in every training row";
        if (dropped is null)
        {
            var options = Options.Encoder!;
            var shape = _given ?? new TextShape(tokens, options.Width, options.Layers, options.Heads, 4 * options.Width, Math.Max(2, _length), 1e-5);
            if (words is not null) _rows = _words!.Rows(words);
            Encoder = new TextSequenceEncoder(Name, Options.Embedding, Columns, _length, _pieces, words, new TextField(shape, options.Summary, options.Train, options.Adapter));
        }

        return new FeatureSummary(Name, TextBagEncoder.Kind, $"{tokens} tokens, at most {_length} a text", _words?.Distinct ?? 0, Empty, _words?.Unknown ?? 0, tokens, top, null, null, null, null, dropped);
    }

    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        _ids.Truncate(0);
        foreach (int code in Codes.Items[..Ends[rows]]) _ids.Add(_words is null ? code : _rows[code]);
    }

    public ReadOnlySpan<int> Ids(int row) => _ids.Items[Ends[row]..Ends[row + 1]];

    protected override void Cut(ReadOnlySpan<byte> field, int start)
    {
        if (_words is null)
        {
            _cutter.CutPieces(field, Codes);
            return;
        }

        // the mark of a beginning has the code of a missing value, which no word has
        Codes.Add(0);
        _cutter.Cut(field);
        for (int i = 0; i < Math.Min(_cutter.Count, _length - 1); i++) Codes.Add(_words.Code(_cutter[i]));
    }

    private static WordPieces Pieces(string path)
    {
        var pieces = WordPieces.Open(path);
        if (pieces.Begin < 0 || pieces.End < 0) throw new InputException("the vocabulary has no [CLS] or no [SEP], which an encoder's texts begin and end with; give that of a BERT model", path);
        return pieces;
    }
}
