namespace Sundry.Data;

/// <summary>The ids of a history's entries; each text is looked up once.</summary>
internal sealed class HistoryIds
{
    private const int Unknown = -1;

    private readonly HistoryEncoder _encoder;
    private readonly MissingTexts _missing;
    private readonly EventLog _log;
    private readonly NamedColumn?[] _attributes;
    private readonly int[][] _ids;
    private readonly int[] _types = new int[EventTypes.Most];

    public HistoryIds(HistoryEncoder encoder, EventLog log, MissingTexts missing)
    {
        _encoder = encoder;
        _log = log;
        _missing = missing;
        _attributes = new NamedColumn?[encoder.BagCount];
        _ids = new int[encoder.BagCount][];
        for (int bag = 0; bag < _ids.Length; bag++)
        {
            _ids[bag] = [];
            if (bag > 0) _attributes[bag] = log.ItemColumns.FirstOrDefault(column => column.Name == encoder.History.Beside[bag - 1]);
        }

        for (int i = 0; i < encoder.History.Events.Count; i++)
            if (log.Types.Find(encoder.History.Events[i]) is >= 0 and var type) _types[type] = i + 1;
    }

    /// <summary>The id of an entry in a bag; an age is told by its time in seconds, which the row makes an id of.</summary>
    public int Of(int bag, in PastEvent entry)
    {
        var vocabulary = _encoder.Vocabularies[bag];
        if (vocabulary is null) return _encoder.History.Beside[bag - 1] == History.Age ? (int)entry.Time : _types[entry.Type];
        int number = bag == 0 ? entry.Item : _attributes[bag]?[entry.Item] ?? -1;
        if (number < 0) return vocabulary.Missing;
        ref int[] ids = ref _ids[bag];
        if (number >= ids.Length)
        {
            int before = ids.Length;
            Array.Resize(ref ids, Math.Max(number + 1, before * 2));
            ids.AsSpan(before).Fill(Unknown);
        }

        if (ids[number] != Unknown) return ids[number];
        var text = bag == 0 ? _log.Items[number] : _attributes[bag]!.Values[number];
        return ids[number] = _missing.Contains(text) ? vocabulary.Missing : vocabulary.Row(text);
    }
}
