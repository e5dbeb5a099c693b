using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class BinaryLabelTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData("TRUE", 1)]
    [InlineData("Yes", 1)]
    [InlineData("t", 1)]
    [InlineData("0", 0)]
    [InlineData("0.00", 0)]
    [InlineData("False", 0)]
    [InlineData("NO", 0)]
    [InlineData("n", 0)]
    [InlineData("2", -1)]
    [InlineData("-1", -1)]
    [InlineData("on", -1)]
    public void Understands_the_usual_words(string text, int label) => Assert.Equal(label, new BinaryLabel([]).Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("gold", 1)]
    [InlineData("5", 1)]
    [InlineData("5.0", 1)]
    [InlineData("silver", 0)]
    [InlineData("Gold", 0)]
    [InlineData("50", 0)]
    public void Takes_named_texts_as_positive_and_all_others_as_negative(string text, int label) => Assert.Equal(label, new BinaryLabel(["gold", "5"]).Read(Encoding.UTF8.GetBytes(text)));
}
