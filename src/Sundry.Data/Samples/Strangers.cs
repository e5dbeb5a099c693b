namespace Sundry.Data;

/// <summary>Texts that rows name and the log does not: numbers from the greatest down, which no list of names ever reaches.</summary>
internal sealed class Strangers
{
    // names of more than 2 GiB are refused, and each has at least a byte and an end
    private const int Last = int.MaxValue - 1;
    private const int Most = 1 << 20;

    private readonly List<byte[]> _texts = [];

    /// <summary>The text with this number.</summary>
    public ReadOnlySpan<byte> this[int number] => _texts[Last - number];

    /// <summary>Whether a number is one of these.</summary>
    public bool Has(int number) => number > Last - _texts.Count && number <= Last;

    /// <summary>Gives a text a number.</summary>
    public int Add(byte[] text)
    {
        if (_texts.Count == Most) throw new InvalidOperationException("There are too many strangers; forget those of earlier rows.");
        _texts.Add(text);
        return Last - _texts.Count + 1;
    }

    public void Clear() => _texts.Clear();
}
