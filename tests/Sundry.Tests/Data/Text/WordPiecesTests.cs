using System.IO.Compression;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class WordPiecesTests
{
    private const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\nwant\n##ed\n,\nrunn\n##ing\nlow\nlowest\n##er\n中\n!\nμ\n##μ\n";

    [Theory]
    [InlineData("unwanted, running!", "un ##want ##ed , runn ##ing !")]
    [InlineData("UNAFFABLE", "un ##aff ##able")]
    [InlineData("lowest lower", "lowest low ##er")]
    [InlineData("a中want", "[UNK] 中 want")]
    [InlineData("low\u0301er", "low ##er")]
    [InlineData("  \u200b\t\n ", "")]
    [InlineData("Μμ", "μ ##μ")]
    public void A_word_is_cut_at_its_longest_pieces(string text, string expected)
    {
        var pieces = Read(Vocabulary.Replace("##aff", "##want\n##aff", StringComparison.Ordinal));
        Assert.Equal(expected, string.Join(' ', Cut(pieces, text)));
    }

    [Fact]
    public void A_word_of_more_than_a_hundred_characters_is_unknown()
    {
        var pieces = Read(Vocabulary);
        Assert.NotEqual("[UNK]", Cut(pieces, string.Concat(Enumerable.Repeat("μ", 100)))[0]);
        Assert.Equal(["[UNK]"], Cut(pieces, string.Concat(Enumerable.Repeat("μ", 101))));
    }

    [Theory]
    [InlineData("a\nb\n", "no piece [UNK]")]
    [InlineData("[UNK]\nb\nb\n", "'b' occurs twice")]
    public void A_vocabulary_that_is_none_is_refused(string text, string message)
    {
        var refused = Assert.Throws<InputException>(() => Read(text));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_that_is_no_text_is_refused()
    {
        var refused = Assert.Throws<InputException>(() => WordPieces.Read(new MemoryStream([.. "[UNK]\n"u8, 0xFF, 0xFE, (byte)'\n']), "vocab.txt"));
        Assert.Contains("not UTF-8", refused.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("hello world", new[] { 7592, 2088 })]
    [InlineData("unaffable", new[] { 14477, 20961, 3468 })]
    [InlineData("Crème brûlée, 5€!", new[] { 13675, 21382, 7987, 9307, 2063, 1010, 1019, 30102, 999 })]
    [InlineData("ΟΔΟΣ Σ ΑΣ.", new[] { 1169, 29722, 15297, 1173, 1155, 19579, 1012 })]
    public void The_uncased_vocabulary_cuts_as_its_model_was_trained(string text, int[] expected)
    {
        using var file = new GZipStream(File.OpenRead(SharedFolder.Require("data/text_encoder/bert-base-uncased_vocab.txt.gz")), CompressionMode.Decompress);
        var pieces = WordPieces.Read(file, "vocab.txt");
        Assert.Equal((30_522, 100, 101, 102, 0), (pieces.Count, pieces.Unknown, pieces.Begin, pieces.End, pieces.Padding));
        Assert.Equal(expected, pieces.Cut(Encoding.UTF8.GetBytes(text)).ToArray());
    }

    private static WordPieces Read(string vocabulary) => WordPieces.Read(new MemoryStream(Encoding.UTF8.GetBytes(vocabulary)), "vocab.txt");

    private static List<string> Cut(WordPieces pieces, string text)
    {
        var cut = new List<string>();
        foreach (int piece in pieces.Cut(Encoding.UTF8.GetBytes(text))) cut.Add(Encoding.UTF8.GetString(pieces[piece]));
        return cut;
    }
}
