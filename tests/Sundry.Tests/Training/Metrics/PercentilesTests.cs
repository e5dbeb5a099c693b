using Sundry.Training;

namespace Sundry.Tests.Training;

public class PercentilesTests
{
    [Fact]
    public void Interpolates_between_order_statistics()
    {
        // numpy.percentile(range(200), [2.5, 97.5]) = 4.975, 194.025
        var (low, high) = Percentiles.Of([.. Enumerable.Range(0, 200).Select(i => (double)(i * 77 % 200))]);
        Assert.Equal(4.975, low, 1e-12);
        Assert.Equal(194.025, high, 1e-12);
    }

    [Fact]
    public void Leaves_out_a_few_undefined_replicates_and_gives_up_on_many()
    {
        double[] few = [double.NaN, .. Enumerable.Repeat(2.0, 19)];
        Assert.Equal((2.0, 2.0), Percentiles.Of(few));
        double[] many = [double.NaN, double.NaN, double.NaN, .. Enumerable.Repeat(2.0, 17)];
        Assert.Equal((double.NaN, double.NaN), Percentiles.Of(many));
        Assert.Equal((double.NaN, double.NaN), Percentiles.Of([]));
    }
}
