using System.Globalization;
using System.Text;

namespace Sundry.Data;

/// <summary>
/// Word pieces as BERT's uncased tokenizer cuts them: words (<see cref="WordSplitter"/>), then for each the longest piece of the vocabulary that it begins with, then the longest
/// <c>##</c> piece that goes on, and so forth (Wu et al., 2016; Devlin et al., NAACL 2019). Not for use by several threads at once.
/// </summary>
public sealed class WordPieces
{
    private const int MostPieces = 1 << 24;
    private const int LongestPiece = 1024;
    private const int LongestWord = 100;

    private readonly ByteDictionary _pieces;
    private readonly WordSplitter _splitter = new();
    private readonly TokenList _words = new();
    private readonly IntList _ids = new();
    private readonly int _longest;
    private byte[] _continued = new byte[64];

    private WordPieces(ByteDictionary pieces, int longest)
    {
        _pieces = pieces;
        _longest = longest;
        Unknown = pieces.Find("[UNK]"u8);
        Begin = pieces.Find("[CLS]"u8);
        End = pieces.Find("[SEP]"u8);
        Padding = pieces.Find("[PAD]"u8);
    }

    /// <summary>How many pieces there are.</summary>
    public int Count => _pieces.Count;

    /// <summary>The piece of a word that cannot be cut, <c>[UNK]</c>.</summary>
    public int Unknown { get; }

    /// <summary>The piece that a text begins with, <c>[CLS]</c>; -1 where the vocabulary has none.</summary>
    public int Begin { get; }

    /// <summary>The piece that a text ends with, <c>[SEP]</c>; -1 where the vocabulary has none.</summary>
    public int End { get; }

    /// <summary>The piece that fills up, <c>[PAD]</c>; -1 where the vocabulary has none.</summary>
    public int Padding { get; }

    /// <summary>The vocabulary's pieces, in order.</summary>
    internal ReadOnlySpan<byte> this[int piece] => _pieces[piece];

    /// <summary>Reads a vocabulary: one piece a line, its number being that of its line, from 0.</summary>
    /// <param name="stream">A <c>vocab.txt</c>.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InputException">A piece occurs twice, is too long, there are too many, or <c>[UNK]</c> is missing.</exception>
    public static WordPieces Read(Stream stream, string file)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var pieces = new ByteDictionary();
        int longest = 0;
        try
        {
            while (reader.ReadLine() is { } line)
            {
                var piece = Encoding.UTF8.GetBytes(line);
                if (piece.Length > LongestPiece) throw Wrong($"a piece is {piece.Length} bytes long", file, pieces.Count);
                if (pieces.Count == MostPieces) throw Wrong($"there are more than {MostPieces.ToString("N0", CultureInfo.InvariantCulture)} pieces", file, pieces.Count);
                int next = pieces.Count;
                if (pieces.FindOrAdd(piece) != next) throw Wrong($"the piece '{line}' occurs twice", file, pieces.Count);
                longest = Math.Max(longest, piece.Length);
            }
        }
        catch (DecoderFallbackException)
        {
            throw Wrong("it is not UTF-8", file, pieces.Count);
        }

        if (pieces.Find("[UNK]"u8) < 0) throw new InputException("the vocabulary has no piece [UNK], so it is cut short or none of BERT's layout; give a vocab.txt with one piece a line", file);
        return new WordPieces(pieces, longest);
    }

    /// <summary>The same vocabulary for another thread.</summary>
    internal WordPieces Twin() => new(_pieces, _longest);

    /// <summary>Writes the vocabulary into an open JSON object.</summary>
    internal void Write(System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteStartArray("pieces");
        for (int i = 0; i < _pieces.Count; i++) json.WriteStringValue(_pieces[i]);
        json.WriteEndArray();
    }

    /// <summary>Reads the list that <see cref="Write"/> wrote.</summary>
    internal static WordPieces Read(System.Text.Json.JsonElement list)
    {
        var pieces = new ByteDictionary();
        int longest = 0;
        foreach (var item in list.EnumerateArray())
        {
            var piece = Encoding.UTF8.GetBytes(item.GetString()!);
            int next = pieces.Count;
            if (piece.Length > LongestPiece || pieces.FindOrAdd(piece) != next) throw new InvalidDataException("the encoder is damaged: its word pieces are none");
            longest = Math.Max(longest, piece.Length);
        }

        if (pieces.Find("[UNK]"u8) < 0) throw new InvalidDataException("the encoder is damaged: its word pieces have no [UNK]");
        return new WordPieces(pieces, longest);
    }

    /// <summary>Opens a vocabulary.</summary>
    /// <exception cref="InputException">The file cannot be opened, or is none.</exception>
    internal static WordPieces Open(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the vocabulary cannot be opened ({e.Message.TrimEnd('.')}); give a vocab.txt that exists", path, inner: e);
        }
    }

    /// <summary>Cuts a text into the numbers of pieces, without <c>[CLS]</c> and <c>[SEP]</c>.</summary>
    /// <param name="text">The text as UTF-8.</param>
    /// <returns>The pieces; valid until the next call.</returns>
    public ReadOnlySpan<int> Cut(ReadOnlySpan<byte> text)
    {
        _ids.Truncate(0);
        _splitter.Split(text, _words);
        for (int i = 0; i < _words.Count; i++) CutWord(_words[i]);
        return _ids.Items;
    }

    private void CutWord(ReadOnlySpan<byte> word)
    {
        int start = _ids.Count;
        if (Length(word) > LongestWord)
        {
            _ids.Add(Unknown);
            return;
        }

        for (int at = 0; at < word.Length;)
        {
            if (Longest(word[at..], at > 0) is not (var piece and >= 0, var length))
            {
                // a word that cannot be cut to its end is unknown as a whole
                _ids.Truncate(start);
                _ids.Add(Unknown);
                return;
            }

            _ids.Add(piece);
            at += length;
        }
    }

    private (int Piece, int Length) Longest(ReadOnlySpan<byte> rest, bool goesOn)
    {
        int mark = goesOn ? 2 : 0;
        int length = Math.Min(rest.Length, _longest - mark);
        if (_continued.Length < length + 2) _continued = new byte[length + 64];
        "##"u8.CopyTo(_continued);
        rest[..Math.Max(0, length)].CopyTo(_continued.AsSpan(2));
        for (; length > 0; length--)
        {
            // a piece ends between characters
            if (length < rest.Length && (rest[length] & 0xC0) == 0x80) continue;
            int piece = _pieces.Find(_continued.AsSpan(2 - mark, length + mark));
            if (piece >= 0) return (piece, length);
        }

        return (-1, 0);
    }

    // in characters, not in bytes
    private static int Length(ReadOnlySpan<byte> word)
    {
        int count = 0;
        foreach (byte b in word)
            if ((b & 0xC0) != 0x80) count++;
        return count;
    }

    private static InputException Wrong(string what, string file, int line) => new($"{what}; give a vocab.txt as BERT's models have it, one piece a line", file, line + 1);
}
