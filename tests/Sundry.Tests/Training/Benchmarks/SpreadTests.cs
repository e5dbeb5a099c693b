using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3, 3, 3)]
    [InlineData(new[] { 4.0, 1 }, 2.5, 1, 4)]
    [InlineData(new[] { 9.0, 1, 4 }, 4, 1, 9)]
    [InlineData(new[] { 9.0, 1, 4, 5 }, 4.5, 1, 9)]
    public void The_middle_and_both_ends(double[] values, double median, double least, double greatest) =>
        Assert.Equal(new Spread(median, least, greatest), Spread.Of(values));
}
