using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class TextCutterTests
{
    [Theory]
    [InlineData(1, 512, "I love it!", "i|love|it|!")]
    [InlineData(2, 512, "I love it!", "i|love|it|!|i love|love it|it !")]
    [InlineData(3, 512, "a b", "a|b|a b")]
    [InlineData(3, 2, "a b c d", "a|b|a b")]
    [InlineData(2, 512, "  ", "")]
    [InlineData(2, 512, "Crème brûlée", "creme|brulee|creme brulee")]
    public void A_text_becomes_words_and_rows_of_them(int grams, int length, string text, string terms)
    {
        var cutter = new TextCutter(grams, length, null);
        cutter.Cut("something before that was longer"u8);
        cutter.Cut(Encoding.UTF8.GetBytes(text));
        Assert.Equal(terms, string.Join('|', Enumerable.Range(0, cutter.Count).Select(i => Encoding.UTF8.GetString(cutter[i]))));
    }

    [Fact]
    public void Pieces_stand_together_as_words_do()
    {
        var pieces = WordPieces.Read(new MemoryStream([.. "[UNK]\nun\n##able\nto\n"u8]), "vocab.txt");
        var cutter = new TextCutter(2, 512, pieces);
        cutter.Cut("unable to"u8);
        Assert.Equal("un|##able|to|un ##able|##able to", string.Join('|', Enumerable.Range(0, cutter.Count).Select(i => Encoding.UTF8.GetString(cutter[i]))));
    }
}
