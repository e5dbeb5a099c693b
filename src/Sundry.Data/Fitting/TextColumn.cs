using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>A text on its way to a bag of terms.</summary>
internal sealed class TextColumn : FeatureColumn, IBagColumn
{
    private readonly MissingTexts _missing;
    private readonly ValueCounts _terms;
    private readonly WordPieces? _pieces;
    private readonly TextCutter _cutter;
    private readonly int[] _ends = new int[ProvisionalFile.BlockRows + 1];
    private readonly int[] _idEnds = new int[ProvisionalFile.BlockRows + 1];
    private readonly IntList _codes = new();
    private readonly IntList _ids = new();
    private readonly long[] _kept = new long[3];
    // by part and code: how often it comes
    private readonly int[][] _times = [[], [], []];
    private long _empty;
    private long _texts;
    private int[] _rows = [];

    public TextColumn(string name, FeatureOptions options, MissingTexts missing, string folder)
        : base(name, options)
    {
        _missing = missing;
        // a word that stands for a missing value elsewhere is a word here
        _terms = new ValueCounts(new ValueTable(name, options, new MissingTexts([])), missingRow: false);
        if (options.Tokens == TextTokens.Pieces) _pieces = WordPieces.Open(Path.GetFullPath(options.Vocabulary!, Path.GetFullPath(folder)));
        _cutter = new TextCutter(options.Grams, options.Most, _pieces);
    }

    public long[]? Kept => _kept;

    public override ReadOnlySpan<byte> Joint => " "u8;

    public override string? Collect(ReadOnlySpan<byte> field, int row)
    {
        _codes.Truncate(_ends[row]);
        if (!_missing.Contains(field))
        {
            _cutter.Cut(field);
            for (int i = 0; i < _cutter.Count; i++) _codes.Add(_terms.Code(_cutter[i]));
            _codes.Sort(_ends[row]);
        }

        _ends[row + 1] = _codes.Count;
        return null;
    }

    public override void TakeNone(int row)
    {
        _codes.Truncate(_ends[row]);
        _ends[row + 1] = _ends[row];
    }

    public override void Write(Stream stream, int rows)
    {
        stream.Write(MemoryMarshal.AsBytes(_ends.AsSpan(0, rows + 1)));
        stream.Write(MemoryMarshal.AsBytes(_codes.Items[.._ends[rows]]));
    }

    public override void Read(Stream stream, int rows)
    {
        stream.ReadExactly(MemoryMarshal.AsBytes(_ends.AsSpan(0, rows + 1)));
        _codes.Truncate(0);
        stream.ReadExactly(MemoryMarshal.AsBytes(_codes.Extend(_ends[rows])));
    }

    public override void Count(ReadOnlySpan<Part> parts)
    {
        // texts that hold a term, not how often they do
        var holding = _terms.Counters();
        var codes = _codes.Items;
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] > Part.Test) continue;
            ref var times = ref _times[(int)parts[i]];
            if (times.Length < holding.Length) Array.Resize(ref times, holding.Length);
            bool train = parts[i] == Part.Train;
            if (train) _texts++;
            if (train && _ends[i] == _ends[i + 1]) _empty++;
            for (int c = _ends[i]; c < _ends[i + 1]; c++)
            {
                times[codes[c]]++;
                if (train && (c == _ends[i] || codes[c] != codes[c - 1])) holding[codes[c]]++;
            }
        }
    }

    public override FeatureSummary Fit()
    {
        var holding = _terms.Counters();
        var vocabulary = _terms.Fit(out var top);
        var dropped = vocabulary.Rows > 1 && _texts > _empty ? null : _texts == _empty ? "it is empty in every training row" : $"no word occurs in {Options.MinCount} training rows";
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
                weights = TermWeights.Fit(_texts, byRow);
            }

            Encoder = new TextBagEncoder(Name, Options.Embedding, Columns, Options.Grams, Options.Most, Options.Pooling, _pieces, vocabulary, weights);
        }

        return new FeatureSummary(Name, TextBagEncoder.Kind, _terms.Words(vocabulary), _terms.Distinct, _empty, _terms.Unknown, vocabulary.Rows, top, null, null, null, null, dropped);
    }

    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
        _ids.Truncate(0);
        for (int i = 0; i < rows; i++)
        {
            foreach (int code in _codes.Items[_ends[i].._ends[i + 1]])
                if (_rows[code] > 0) _ids.Add(_rows[code]);
            // codes are in the order of their first appearance, rows in that of their frequency
            _ids.Sort(_idEnds[i]);
            _idEnds[i + 1] = _ids.Count;
        }
    }

    public ReadOnlySpan<int> Ids(int row) => _ids.Items[_idEnds[row].._idEnds[row + 1]];

    public int Length(int row) => _ends[row + 1] - _ends[row];
}
