namespace Sundry.Data;

/// <summary>A text on its way to a bag of terms.</summary>
internal sealed class TextColumn : CutTextColumn, IBagColumn
{
    private readonly ValueCounts _terms;
    private readonly WordPieces? _pieces;
    private readonly TextCutter _cutter;
    private readonly int[] _idEnds = new int[ProvisionalFile.BlockRows + 1];
    private readonly IntList _ids = new();
    private readonly long[] _kept = new long[3];
    // by part and code: how often it comes
    private readonly int[][] _times = [[], [], []];
    private int[] _rows = [];

    public TextColumn(string name, FeatureOptions options, MissingTexts missing, string folder)
        : base(name, options, missing)
    {
        // a word that stands for a missing value elsewhere is a word here
        _terms = new ValueCounts(new ValueTable(name, options, new MissingTexts([])), missingRow: false);
        if (options.Tokens == TextTokens.Pieces) _pieces = WordPieces.Open(Path.GetFullPath(options.Vocabulary!, Path.GetFullPath(folder)));
        _cutter = new TextCutter(options.Grams, options.Most, _pieces);
    }

    public long[]? Kept => _kept;

    public override void Count(ReadOnlySpan<Part> parts)
    {
        // texts that hold a term, not how often they do
        var holding = _terms.Counters();
        var codes = Codes.Items;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] > Part.Test) continue;
            ref var times = ref _times[(int)parts[i]];
            if (times.Length < holding.Length) Array.Resize(ref times, holding.Length);
            bool train = parts[i] == Part.Train;
            if (train) Texts++;
            if (train && Ends[i] == Ends[i + 1]) Empty++;
            for (int c = Ends[i]; c < Ends[i + 1]; c++)
            {
                times[codes[c]]++;
                if (train && (c == Ends[i] || codes[c] != codes[c - 1])) holding[codes[c]]++;
            }
        }
    }

    public override FeatureSummary Fit()
    {
        var holding = _terms.Counters();
        var vocabulary = _terms.Fit(out var top);
        var dropped = vocabulary.Rows > 1 && Texts > Empty ? null : Texts == Empty ? "it is empty in every training row" : $"no word occurs in {Options.MinCount} training rows";
        if (dropped is null)
        {
            _rows = _terms.Rows(vocabulary);
            for (int part = 0; part < 3; part++)
                for (int code = 1; code < _times[part].Length; code++)
                    if (_rows[code] > 0) _kept[part] += _times[part][code];
            TermWeights? weights = null;
            if (Options.Weights == TextWeights.Tfidf)
            {
                var byRow = new int[vocabulary.Rows];
                for (int code = 1; code < holding.Length; code++)
                    if (_rows[code] > 0) byRow[_rows[code]] = holding[code];
                weights = TermWeights.Fit(Texts, byRow);
            }

            Encoder = new TextBagEncoder(Name, Options.Embedding, Columns, Options.Grams, Options.Most, Options.Pooling, _pieces, vocabulary, weights);
        }

        return new FeatureSummary(Name, TextBagEncoder.Kind, _terms.Words(vocabulary), _terms.Distinct, Empty, _terms.Unknown, vocabulary.Rows, top, null, null, null, null, dropped);
    }

    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        _ids.Truncate(0);
        for (int i = 0; i < rows; i++)
        {
            foreach (int code in Codes.Items[Ends[i]..Ends[i + 1]])
                if (_rows[code] > 0) _ids.Add(_rows[code]);
            // codes are in the order of their first appearance, rows in that of their frequency
            _ids.Sort(_idEnds[i]);
            _idEnds[i + 1] = _ids.Count;
        }
    }

    public ReadOnlySpan<int> Ids(int row) => _ids.Items[_idEnds[row].._idEnds[row + 1]];

    protected override void Cut(ReadOnlySpan<byte> field, int start)
    {
        _cutter.Cut(field);
        for (int i = 0; i < _cutter.Count; i++) Codes.Add(_terms.Code(_cutter[i]));
        Codes.Sort(start);
    }
}
