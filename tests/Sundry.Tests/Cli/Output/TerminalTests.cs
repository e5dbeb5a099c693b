using Sundry.Cli;

namespace Sundry.Tests.Cli;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("one two", 80, "one two")]
    [InlineData("one two three", 7, "one two|  three")]
    [InlineData("one two three", 8, "one two|  three")]
    [InlineData("one two three four", 9, "one two|  three|  four")]
    [InlineData("/a/path/that/is/long x", 9, "/a/path/that/is/long|  x")]
    [InlineData("indivisible", 4, "indivisible")]
    public void A_line_is_broken_between_words(string line, int width, string parts) => Assert.Equal(parts.Split('|'), Terminal.Broken(line, width));
}
