using System.Text;

namespace Sundry.Data;

/// <summary>A column of a sample of rows: its different texts, each once, and which row holds which.</summary>
/// <param name="name">The column's name.</param>
public sealed class ColumnSample(string name)
{
    // what a text is, its start tells; whole reviews are not kept for that
    internal const int LongestText = 256;

    private readonly ByteDictionary _texts = new();
    private readonly List<int> _codes = [];
    private readonly List<string> _odd = [];

    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>Number of rows.</summary>
    public int Rows => _codes.Count;

    /// <summary>Number of different texts that were ever added.</summary>
    public int Texts => _texts.Count;

    /// <summary>For each row the number of its text, 0 to <see cref="Texts"/> − 1.</summary>
    public IReadOnlyList<int> Codes => _codes;

    /// <summary>Adds the next row's field.</summary>
    public void Add(ReadOnlySpan<byte> field) => _codes.Add(_texts.FindOrAdd(field.Length > LongestText ? field[..LongestText] : field));

    /// <summary>A text by its number; one of more than 256 bytes is cut there.</summary>
    public string Text(int code) => Encoding.UTF8.GetString(_texts[code]);

    /// <summary>In how many rows each text stands.</summary>
    public int[] Counts()
    {
        var counts = new int[_texts.Count];
        foreach (int code in _codes) counts[code]++;
        return counts;
    }

    /// <summary>Texts of rows outside the sample that are no numbers, at most four different ones; see <see cref="LookAt"/>.</summary>
    internal IReadOnlyList<string> Odd => _odd;

    /// <summary>Looks at a row that is not kept: one field that is no number makes a column of numbers something else.</summary>
    internal void LookAt(ReadOnlySpan<byte> field, MissingTexts missing)
    {
        if (_odd.Count == 4 || NumberText.TryParse(field, out _) || missing.Contains(field)) return;
        var text = Encoding.UTF8.GetString(field.Length > LongestText ? field[..LongestText] : field);
        if (!_odd.Contains(text)) _odd.Add(text);
    }

    internal ReadOnlySpan<byte> Bytes(int code) => _texts[code];

    /// <summary>Keeps every other row, the first among them.</summary>
    internal void Thin()
    {
        for (int i = 0; 2 * i < _codes.Count; i++) _codes[i] = _codes[2 * i];
        _codes.RemoveRange((_codes.Count + 1) / 2, _codes.Count / 2);
    }
}
