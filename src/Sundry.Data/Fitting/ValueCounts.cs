using System.Text;

namespace Sundry.Data;

/// <summary>
/// Numbers the texts of a column: code 0 is a missing value, a text or its bucket is 1 and up. Counts how often each occurs in training rows, and makes the
/// vocabulary of those that occur often enough.
/// </summary>
internal sealed class ValueCounts
{
    private const int Shown = 10;

    private readonly string _name;
    private readonly FeatureOptions _options;
    private readonly MissingTexts _missing;
    private readonly ByteDictionary _texts = new();
    private readonly int _missingTexts;
    private int[] _counts = [];

    public ValueCounts(string name, FeatureOptions options, MissingTexts missing)
    {
        _name = name;
        _options = options;
        _missing = missing;
        // missing texts come first, so that one look finds either
        for (int i = 0; i < missing.Count; i++) _texts.FindOrAdd(missing[i]);
        _missingTexts = missing.Count;
    }

    /// <summary>Different texts that were counted at least once, missing ones aside.</summary>
    public long Distinct { get; private set; }

    /// <summary>Rows or values that are missing.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows or values too rare for the vocabulary.</summary>
    public long Unknown { get; private set; }

    /// <summary>The number of rows of the table that training rows use.</summary>
    public int Used { get; private set; }

    /// <summary>Whether a text means that the value is missing.</summary>
    public bool IsMissing(ReadOnlySpan<byte> text) => _missing.Contains(text);

    /// <summary>A text's code.</summary>
    public int Code(ReadOnlySpan<byte> text)
    {
        if (_options.Hash is { } rows)
        {
            int known = _texts.Find(text);
            return known >= 0 ? 0 : 1 + Vocabulary.Bucket(text, rows);
        }

        int id = _texts.FindOrAdd(text);
        if (id < 0) throw new InputException($"the feature '{_name}' has more texts than 2 GiB hold; set features.{_name}.hash");
        return id < _missingTexts ? 0 : id - _missingTexts + 1;
    }

    /// <summary>Makes room to count every code that there is by now.</summary>
    public int[] Counters()
    {
        int codes = 1 + (_options.Hash ?? _texts.Count - _missingTexts);
        if (_counts.Length < codes) Array.Resize(ref _counts, codes);
        return _counts;
    }

    /// <summary>Makes the vocabulary: the most frequent first, ties in order of appearance.</summary>
    public Vocabulary Fit(bool missingRow, out List<ValueCount> top)
    {
        var counts = Counters();
        top = [];
        Missing = counts[0];
        if (_options.Hash is { } rows)
        {
            for (int code = 1; code < counts.Length; code++)
                if (counts[code] > 0) Used++;
            if (Missing > 0) Used++;
            return Vocabulary.Hashed(rows, missingRow && Missing > 0);
        }

        int kept = 0;
        for (int code = 1; code < counts.Length; code++)
        {
            if (counts[code] > 0) Distinct++;
            if (counts[code] >= _options.MinCount) kept++;
            else Unknown += counts[code];
        }

        var order = new long[kept];
        kept = 0;
        for (int code = 1; code < counts.Length; code++)
            if (counts[code] >= _options.MinCount) order[kept++] = ((long)-counts[code] << 32) | (uint)code;
        Array.Sort(order);
        var values = new ByteDictionary();
        foreach (long entry in order)
        {
            int code = (int)(uint)entry;
            var text = _texts[_missingTexts + code - 1];
            values.FindOrAdd(text);
            if (top.Count < Shown) top.Add(new ValueCount(Encoding.UTF8.GetString(text), counts[code]));
        }

        Used = kept + (Missing > 0 ? 1 : 0) + (Unknown > 0 ? 1 : 0);
        return Vocabulary.Of(values, missingRow && Missing > 0);
    }

    /// <summary>For each code its row in the vocabulary.</summary>
    public int[] Rows(Vocabulary vocabulary)
    {
        var rows = new int[Counters().Length];
        rows[0] = vocabulary.Missing;
        for (int code = 1; code < rows.Length; code++)
            rows[code] = _options.Hash is null ? vocabulary.Row(_texts[_missingTexts + code - 1]) : vocabulary.RowOfBucket(code - 1);
        return rows;
    }

    /// <summary>How the column was encoded, in words.</summary>
    public string Words(Vocabulary vocabulary) => _options.Hash is { } rows ? $"hashed to {rows} rows" : $"vocabulary of {vocabulary.Rows} rows";
}
