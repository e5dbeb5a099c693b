using Sundry.Data;

namespace Sundry.Tests;

public sealed class DurationTests
{
    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("10m", 600_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("2w", 1_209_600_000)]
    [InlineData("1.5h", 5_400_000)]
    public void A_number_and_a_unit_are_read(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out long read));
        Assert.Equal(milliseconds, read);
    }

    [Fact]
    public void None_at_all_is_a_length_where_it_is_allowed()
    {
        Assert.True(Duration.TryParse("0s", out long read, least: 0));
        Assert.Equal(0, read);
        Assert.False(Duration.TryParse("-1s", out _, least: 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("0d")]
    [InlineData("7 days")]
    [InlineData("99999999w")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(Duration.TryParse(text, out _));
        Assert.Contains("is no length of time; write a number and a unit", Assert.Throws<InputException>(() => Duration.Parse(text, "features.x.window")).Message, StringComparison.Ordinal);
    }
}
