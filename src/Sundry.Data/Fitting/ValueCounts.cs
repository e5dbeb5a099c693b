using System.Text;

namespace Sundry.Data;

/// <summary>
/// Numbers the texts of a column: code 0 is a missing value, a text or its bucket is 1 and up. Counts how often each occurs in training rows, from which its table makes the
/// vocabulary of those that occur often enough.
/// </summary>
internal sealed class ValueCounts
{
    private const int Shown = 10;

    private readonly ValueTable _table;
    private readonly bool _missingRow;
    private int[] _counts = [];

    /// <summary>Counts for a table.</summary>
    /// <param name="table">The table, perhaps of other columns too.</param>
    /// <param name="missingRow">Whether missing values of this column want a row of their own.</param>
    public ValueCounts(ValueTable table, bool missingRow)
    {
        _table = table;
        _missingRow = missingRow;
        table.Add(this);
    }

    /// <summary>Different texts that were counted at least once, missing ones aside.</summary>
    public long Distinct { get; private set; }

    /// <summary>Rows or values that are missing.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows or values too rare for the vocabulary.</summary>
    public long Unknown { get; private set; }

    /// <summary>The number of rows of the table that training rows use.</summary>
    public int Used { get; private set; }

    /// <summary>Whether training rows have missing values that want a row of their own.</summary>
    public bool HasMissingRow => _missingRow && Counters()[0] > 0;

    /// <summary>Whether a text means that the value is missing.</summary>
    public bool IsMissing(ReadOnlySpan<byte> text) => _table.Missing.Contains(text);

    /// <summary>A text's code.</summary>
    public int Code(ReadOnlySpan<byte> text)
    {
        if (_table.Options.Hash is { } rows)
        {
            int known = _table.Texts.Find(text);
            return known >= 0 ? 0 : 1 + Vocabulary.Bucket(text, rows);
        }

        int id = _table.Texts.FindOrAdd(text);
        if (id < 0) throw new InputException($"the feature '{_table.Name}' has more texts than 2 GiB hold; set features.{_table.Name}.hash");
        return id < _table.Missing.Count ? 0 : id - _table.Missing.Count + 1;
    }

    /// <summary>Makes room to count every code that there is by now.</summary>
    public int[] Counters()
    {
        int codes = _table.Codes;
        if (_counts.Length < codes) Array.Resize(ref _counts, codes);
        return _counts;
    }

    /// <summary>The table's vocabulary, and what this column has of it.</summary>
    public Vocabulary Fit(out List<ValueCount> top)
    {
        var vocabulary = _table.Fit();
        var counts = Counters();
        top = [];
        Missing = counts[0];
        Used = Missing > 0 ? 1 : 0;
        if (_table.Options.Hash is not null)
        {
            for (int code = 1; code < counts.Length; code++)
                if (counts[code] > 0) Used++;
            return vocabulary;
        }

        var kept = new List<(int Count, int Code)>();
        for (int code = 1; code < counts.Length; code++)
        {
            if (counts[code] == 0) continue;
            Distinct++;
            if (_table.Total(code) >= _table.Options.MinCount) kept.Add((-counts[code], code));
            else Unknown += counts[code];
        }

        Used += kept.Count + (Unknown > 0 ? 1 : 0);
        kept.Sort();
        foreach (var (count, code) in kept[..Math.Min(Shown, kept.Count)]) top.Add(new ValueCount(Encoding.UTF8.GetString(_table.Text(code)), -count));
        return vocabulary;
    }

    /// <summary>For each code its row in the vocabulary.</summary>
    public int[] Rows(Vocabulary vocabulary)
    {
        var rows = new int[Counters().Length];
        rows[0] = vocabulary.Missing;
        for (int code = 1; code < rows.Length; code++)
            rows[code] = _table.Options.Hash is null ? vocabulary.Row(_table.Text(code)) : vocabulary.RowOfBucket(code - 1);
        return rows;
    }

    /// <summary>How the column was encoded, in words.</summary>
    public string Words(Vocabulary vocabulary) => _table.Options.Hash is { } rows ? $"hashed to {rows} rows" : $"vocabulary of {vocabulary.Rows} rows";
}
