using System.Globalization;
using System.Text;
using Sundry.Data;

namespace Sundry.Tests;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", 0f)]
    [InlineData("-0.5", -0.5f)]
    [InlineData("+7", 7f)]
    [InlineData(".25", 0.25f)]
    [InlineData("3.", 3f)]
    [InlineData("1e3", 1000f)]
    [InlineData("-1.5E-3", -0.0015f)]
    [InlineData("12345678901234567890", 1.2345679e19f)]
    [InlineData("0.1", 0.1f)]
    [InlineData("123456789012345", 123456789012345f)]
    public void Reads_numbers(string text, float number)
    {
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("abc")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("1e39")]
    [InlineData("0x10")]
    [InlineData("$5")]
    [InlineData("--1")]
    public void Refuses_what_is_none(string text) => Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void The_short_way_rounds_as_the_long_one()
    {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            var text = (random.NextDouble() * Math.Pow(10, random.Next(-5, 10))).ToString("F" + random.Next(0, 9), CultureInfo.InvariantCulture);
            Assert.True(NumberText.TryParseDouble(Encoding.UTF8.GetBytes(text), out double read));
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), read);
        }
    }
}
