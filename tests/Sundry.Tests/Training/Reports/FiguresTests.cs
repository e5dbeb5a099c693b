using Sundry.Training;

namespace Sundry.Tests.Training;

public class FiguresTests
{
    [Theory]
    [InlineData(.94812, "0.9481")]
    [InlineData(-.5, "−0.5000")]
    [InlineData(0, "0")]
    [InlineData(.000312, "0.00031")]
    [InlineData(2.5e-9, "2.5e−9")]
    [InlineData(123.456, "123.46")]
    [InlineData(1234567, "1,234,567")]
    [InlineData(double.NaN, "undefined")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Values(double value, string words) => Assert.Equal(words, Figures.Value(value));

    [Fact]
    public void An_interval_keeps_one_number_of_decimals()
    {
        Assert.Equal("−0.0001 to +0.0017", Figures.Interval(-.0001, .0017, signed: true));
        Assert.Equal("0.00010 to 0.00031", Figures.Interval(.0001, .00031));
        Assert.Equal("–", Figures.Interval(double.NaN, 1));
        Assert.Equal("+0.0002", Figures.Signed(new("auc", 1, 1, .0002, -.0009, .0013, Verdict.Same)));
        Assert.Equal("0.7714 ± 0.0006", Figures.Deviating(new(3, .7714, .0006)));
        Assert.Equal("0.7714", Figures.Deviating(new(1, .7714, double.NaN)));
    }

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(.00031, "0.031%")]
    [InlineData(.0146, "1.46%")]
    [InlineData(-.25, "−25.0%")]
    public void Percentages(double share, string words) => Assert.Equal(words, Figures.Percent(share));

    [Theory]
    [InlineData(.00142, .0115, "+0.14%")]
    [InlineData(.000142, .00115, "+0.014%")]
    [InlineData(-.000004, .0115, "0.00%")]
    [InlineData(.000004, .0115, "0.00%")]
    [InlineData(-.25, .5, "−25.0%")]
    [InlineData(double.NaN, .5, "undefined")]
    public void Percentages_of_one_table_have_as_many_decimals(double share, double like, string words) => Assert.Equal(words, Figures.SignedPercent(share, like));

    [Theory]
    [InlineData(3.21, "3.2 s")]
    [InlineData(41.3, "41 s")]
    [InlineData(150, "2 min 30 s")]
    [InlineData(7500, "2 h 5 min")]
    public void Durations(double seconds, string words) => Assert.Equal(words, Figures.Duration(seconds));
}
