using Sundry.Training;

namespace Sundry.Tests.Training;

public class SeedSummaryTests
{
    [Fact]
    public void Mean_and_sample_deviation()
    {
        Assert.Equal(new SeedSummary(3, 2, 1), SeedSummary.Of(1, 2, 3));
    }

    [Fact]
    public void Undefined_values_are_left_out_not_taken_as_zero()
    {
        Assert.Equal(new SeedSummary(2, 2, Math.Sqrt(2)), SeedSummary.Of(1, double.NaN, 3));
        Assert.Equal(new SeedSummary(1, 4, double.NaN), SeedSummary.Of(4));
        Assert.Equal(new SeedSummary(0, double.NaN, double.NaN), SeedSummary.Of());
    }
}
