namespace Sundry.Data;

/// <summary>Cuts a text into terms: words or pieces, then pairs of neighbours, and so on. Not for use by several threads at once.</summary>
internal sealed class TextCutter(int grams, int length, WordPieces? pieces)
{
    private readonly WordSplitter _splitter = new();
    private readonly TokenList _words = new();
    private readonly IntList _ends = new();
    private byte[] _bytes = new byte[1024];

    /// <summary>How many terms the text has.</summary>
    public int Count => _ends.Count;

    /// <summary>A term: its words, with a space between two.</summary>
    public ReadOnlySpan<byte> this[int term]
    {
        get
        {
            int start = term == 0 ? 0 : _ends.Items[term - 1];
            return _bytes.AsSpan(start, _ends.Items[term] - start);
        }
    }

    /// <summary>Cuts a text into the numbers of its pieces, between the marks of a beginning and an end; as many pieces as there is room for.</summary>
    /// <param name="text">The text as UTF-8; what is no UTF-8 is skipped.</param>
    /// <param name="into">Receives them behind what it holds.</param>
    public void CutPieces(ReadOnlySpan<byte> text, IntList into)
    {
        var ids = pieces!.Cut(text);
        into.Add(pieces.Begin);
        ids = ids[..Math.Min(ids.Length, length - 2)];
        ids.CopyTo(into.Extend(ids.Length));
        into.Add(pieces.End);
    }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">The text as UTF-8; what is no UTF-8 is skipped.</param>
    public void Cut(ReadOnlySpan<byte> text)
    {
        _ends.Truncate(0);
        ReadOnlySpan<int> ids = default;
        if (pieces is null) _splitter.Split(text, _words);
        else ids = pieces.Cut(text);
        int tokens = Math.Min(length, pieces is null ? _words.Count : ids.Length);
        int at = 0;
        for (int size = 1; size <= grams; size++)
        {
            for (int first = 0; first + size <= tokens; first++)
            {
                for (int token = first; token < first + size; token++)
                {
                    var word = pieces is null ? _words[token] : pieces[ids[token]];
                    if (_bytes.Length < at + word.Length + 1) Array.Resize(ref _bytes, 2 * (at + word.Length + 1));
                    if (token > first) _bytes[at++] = (byte)' ';
                    word.CopyTo(_bytes.AsSpan(at));
                    at += word.Length;
                }

                _ends.Add(at);
            }
        }
    }
}
