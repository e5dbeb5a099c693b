using System.Text;

namespace Sundry.Data;

/// <summary>The texts that mean that a value is missing; the empty one always does.</summary>
internal sealed class MissingTexts
{
    private readonly ByteDictionary _texts = new();
    // lengths that occur, so that most fields need one look
    private readonly bool[] _lengths = new bool[64];
    // and first bytes, so that digits need none
    private readonly bool[] _firsts = new bool[256];

    public MissingTexts(IReadOnlyList<string> texts)
    {
        Texts = texts;
        _texts.FindOrAdd([]);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            _texts.FindOrAdd(bytes);
            _lengths[Math.Min(bytes.Length, _lengths.Length - 1)] = true;
            if (bytes.Length > 0) _firsts[bytes[0]] = true;
        }
    }

    /// <summary>The texts as configured.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>How many different texts there are, the empty one among them.</summary>
    public int Count => _texts.Count;

    /// <summary>One of the texts, as bytes.</summary>
    public ReadOnlySpan<byte> this[int index] => _texts[index];

    /// <summary>Whether the field means that its value is missing.</summary>
    public bool Contains(ReadOnlySpan<byte> field) =>
        field.Length == 0 || (_firsts[field[0]] && _lengths[Math.Min(field.Length, _lengths.Length - 1)] && _texts.Find(field) >= 0);
}
