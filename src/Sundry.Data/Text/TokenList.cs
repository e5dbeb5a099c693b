namespace Sundry.Data;

/// <summary>The words of a text, one behind the other in one array that is used again for the next text.</summary>
internal sealed class TokenList
{
    private readonly IntList _ends = new();
    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>How many words there are.</summary>
    public int Count => _ends.Count;

    /// <summary>A word, as UTF-8.</summary>
    public ReadOnlySpan<byte> this[int word] => Between(word, word + 1);

    /// <summary>The bytes of several words that follow each other, with nothing between them.</summary>
    public ReadOnlySpan<byte> Between(int first, int end)
    {
        int start = first == 0 ? 0 : _ends.Items[first - 1];
        return _bytes.AsSpan(start, _ends.Items[end - 1] - start);
    }

    /// <summary>Forgets all words.</summary>
    public void Clear()
    {
        _ends.Truncate(0);
        _length = 0;
    }

    /// <summary>Adds a character to the word that is being written.</summary>
    public void Append(System.Text.Rune rune)
    {
        if (_bytes.Length - _length < 4) Array.Resize(ref _bytes, _bytes.Length * 2);
        _length += rune.EncodeToUtf8(_bytes.AsSpan(_length));
    }

    /// <summary>Ends the word that is being written; nothing happens where it is empty.</summary>
    public void EndWord()
    {
        int start = _ends.Count == 0 ? 0 : _ends.Items[^1];
        if (_length > start) _ends.Add(_length);
    }
}
