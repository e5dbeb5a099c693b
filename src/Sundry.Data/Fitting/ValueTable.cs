namespace Sundry.Data;

/// <summary>The texts of one embedding table: those of a column, or of several columns that share it and are counted together.</summary>
internal sealed class ValueTable
{
    private readonly List<ValueCounts> _members = [];
    private Vocabulary? _vocabulary;
    private long[]? _counts;

    /// <summary>An empty table.</summary>
    /// <param name="name">The feature that its settings are from.</param>
    /// <param name="options">Those settings.</param>
    /// <param name="missing">Texts of missing values.</param>
    public ValueTable(string name, FeatureOptions options, MissingTexts missing)
    {
        Name = name;
        Options = options;
        Missing = missing;
        // missing texts come first, so that one look finds either
        for (int i = 0; i < missing.Count; i++) Texts.FindOrAdd(missing[i]);
    }

    public string Name { get; }

    public FeatureOptions Options { get; }

    public MissingTexts Missing { get; }

    public ByteDictionary Texts { get; } = new();

    /// <summary>How many codes there are by now, that of missing values included.</summary>
    public int Codes => 1 + (Options.Hash ?? Texts.Count - Missing.Count);

    /// <summary>The text of a code.</summary>
    public ReadOnlySpan<byte> Text(int code) => Texts[Missing.Count + code - 1];

    public void Add(ValueCounts member) => _members.Add(member);

    /// <summary>In how many training rows all columns together have a code.</summary>
    public long Total(int code) => _counts![code];

    /// <summary>The vocabulary of what occurs often enough: the most frequent first, ties in order of appearance. The columns have counted by now.</summary>
    public Vocabulary Fit()
    {
        // columns are fitted side by side, and the first of them makes it for all
        lock (_members) return _vocabulary ??= Make();
    }

    private Vocabulary Make()
    {
        bool missingRow = _members.Exists(member => member.HasMissingRow);
        _counts = new long[Codes];
        foreach (var member in _members)
        {
            var counts = member.Counters();
            for (int code = 0; code < counts.Length; code++) _counts[code] += counts[code];
        }

        if (Options.Hash is { } rows) return _vocabulary = Vocabulary.Hashed(rows, missingRow);
        var order = new List<(long Count, int Code)>();
        for (int code = 1; code < _counts.Length; code++)
            if (_counts[code] >= Options.MinCount) order.Add((-_counts[code], code));
        order.Sort();
        var values = new ByteDictionary();
        foreach (var (_, code) in order) values.FindOrAdd(Text(code));
        return _vocabulary = Vocabulary.Of(values, missingRow);
    }
}
