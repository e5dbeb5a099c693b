using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>
/// A user's history on its way to sequences of ids: rows hold windows into one stream, so that a history of 50 costs a row 12 bytes. The items share the vocabulary of the feature
/// <c>item</c>, and columns of the catalogue that of the feature of their name, where there is one.
/// </summary>
internal sealed class HistoryColumn : FeatureColumn
{
    private readonly MissingTexts _missing;
    private readonly HistoryStream _stream;
    private readonly RowWindow[] _windows = new RowWindow[ProvisionalFile.BlockRows];
    // the entries behind which a training row's window ends
    private readonly bool[] _ends;
    private readonly Dictionary<string, CategoryColumn> _shared = new(StringComparer.Ordinal);
    private long _empty;
    private long _rows;
    private HistoryEncoder? _encoder;

    public HistoryColumn(string name, FeatureOptions options, MissingTexts missing, HistoryStream stream)
        : base(name, options)
    {
        _missing = missing;
        _stream = stream;
        _ends = new bool[stream.Entries.Length];
        foreach (var beside in options.Beside)
        {
            if (beside is History.Event or History.Age || Attribute(beside) is not null) continue;
            var columns = stream.Log.ItemColumns.Select(column => column.Name).ToArray();
            throw new InputException($"features.{name}.beside names '{beside}', which the catalogue does not have{NearestName.Ask(beside, columns)}; it may be {string.Join(", ", [History.Event, History.Age, .. columns])}");
        }
    }

    public HistoryStream Stream => _stream;

    public int BagCount => _encoder!.BagCount;

    /// <summary>How many ids each of its bags holds in a table.</summary>
    public long StreamLength => _stream.Entries.Length;

    /// <summary>The features whose vocabularies it shares; to be said before <see cref="Fit"/>, which must come after theirs.</summary>
    public void Share(IEnumerable<FeatureColumn> features)
    {
        foreach (var feature in features.OfType<CategoryColumn>()) _shared[feature.Name] = feature;
    }

    public override string? Collect(ReadOnlySpan<byte> field, int row) => $"the feature '{Name}' is a history, which a table's field cannot hold; remove it from 'features'";

    public override void TakeNone(int row) => _windows[row] = default;

    /// <summary>Takes a row's window into the block.</summary>
    public void Take(int row, in RowWindow window) => _windows[row] = window;

    public override void Write(Stream stream, int rows) => stream.Write(MemoryMarshal.AsBytes(_windows.AsSpan(0, rows)));

    public override void Read(Stream stream, int rows) => stream.ReadExactly(MemoryMarshal.AsBytes(_windows.AsSpan(0, rows)));

    public override void Count(ReadOnlySpan<Part> parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] != Part.Train) continue;
            _rows++;
            if (_windows[i].End > _windows[i].Start) _ends[_windows[i].End - 1] = true;
            else _empty++;
        }
    }

    public override FeatureSummary Fit()
    {
        var dropped = _rows == _empty ? "it is empty in every training row" : null;
        long distinct = 0, unknown = 0, rows = 0;
        List<ValueCount> top = [];
        var words = "";
        if (dropped is null)
        {
            var vocabularies = new Vocabulary?[1 + Options.Beside.Count];
            var tables = new string?[vocabularies.Length];
            for (int i = 0; i < vocabularies.Length; i++)
            {
                if (i > 0 && Options.Beside[i - 1] is History.Event or History.Age) continue;
                if (_shared.GetValueOrDefault(i == 0 ? "item" : Options.Beside[i - 1])?.Encoder is CategoryEncoder same)
                {
                    vocabularies[i] = same.Vocabulary;
                    tables[i] = same.Table ?? same.Name;
                    continue;
                }

                var values = Counted(i == 0 ? null : Attribute(Options.Beside[i - 1])!);
                vocabularies[i] = values.Fit(out var frequent);
                if (i > 0) continue;
                (distinct, unknown, top) = (values.Distinct, values.Unknown, frequent);
            }

            Encoder = _encoder = new HistoryEncoder(_stream.History, Options.Embedding, Options.Pooling, vocabularies, tables);
            foreach (var vocabulary in vocabularies) rows += vocabulary?.Rows ?? 0;
            words = $"the last {Options.Most} of {string.Join(", ", Options.Events)}" + (Options.Beside.Count > 0 ? $", with {string.Join(", ", Options.Beside)}" : "");
        }

        return new FeatureSummary(Name, HistoryEncoder.Kind, words, distinct, _empty, unknown, rows, top, null, null, null, null, dropped);
    }

    public override void Encode(int[] records, int stride, int id, int number, int rows)
    {
    }

    /// <summary>The windows of rows that lie side by side, the block being encoded.</summary>
    public ReadOnlySpan<RowWindow> Windows(int start, int end) => _windows.AsSpan(start, end - start);

    /// <summary>The ids of one of its bags for the whole stream, some at a time.</summary>
    public void WriteStream(int bag, Action<ReadOnlyMemory<int>> write)
    {
        var encoder = new HistoryIds(_encoder!, _stream.Log, _missing);
        var chunk = new int[8192];
        for (int start = 0; start < _stream.Entries.Length; start += chunk.Length)
        {
            var entries = _stream.Entries.Slice(start, Math.Min(chunk.Length, _stream.Entries.Length - start));
            for (int i = 0; i < entries.Length; i++) chunk[i] = encoder.Of(bag, entries[i]);
            write(chunk.AsMemory(0, entries.Length));
        }
    }

    private NamedColumn? Attribute(string name) => _stream.Log.ItemColumns.FirstOrDefault(column => column.Name == name);

    // what training rows see of each user is all that is before the last of their windows' ends
    private ValueCounts Counted(NamedColumn? attribute)
    {
        var values = new ValueCounts(new ValueTable(Name, Options, _missing), missingRow: true);
        var texts = attribute?.Values ?? _stream.Log.Items;
        var codes = new int[texts.Count];
        Array.Fill(codes, -1);
        var seen = new List<int>();
        for (int user = 0; user + 1 < _stream.Starts.Length; user++)
        {
            int end = _stream.Starts[user + 1];
            while (end > _stream.Starts[user] && !_ends[end - 1]) end--;
            for (int i = _stream.Starts[user]; i < end; i++)
            {
                int item = _stream.Entries[i].Item;
                int number = attribute is null ? item : attribute[item];
                if (number < 0) seen.Add(0);
                else seen.Add(codes[number] >= 0 ? codes[number] : codes[number] = values.Code(texts[number]));
            }
        }

        var counts = values.Counters();
        foreach (int code in seen) counts[code]++;
        return values;
    }
}
