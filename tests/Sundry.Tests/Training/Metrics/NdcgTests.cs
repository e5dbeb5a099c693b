using Sundry.Training;

namespace Sundry.Tests.Training.Metrics;

public sealed class NdcgTests
{
    // by hand: 1/log2(3) + 1/2 over 1 + 1/log2(3)
    [Fact]
    public void Of_three_items_by_hand() =>
        Assert.Equal((1 / Math.Log2(3) + .5) / (1 + 1 / Math.Log2(3)), Ndcg.Compute([3, 2, 1], [0, 1, 1], 10), 12);

    // the examples of scikit-learn's page on ndcg_score
    [Theory]
    [InlineData(new[] { .1, .2, .3, 4, 70 }, 10, .69)]
    [InlineData(new[] { .05, 1.1, 1, .5, 0 }, 10, .49)]
    [InlineData(new[] { .05, 1.1, 1, .5, 0 }, 4, .35)]
    [InlineData(new[] { 1.0, 0, 0, 0, 1 }, 1, .75)]
    public void Published_values(double[] values, int k, double expected) => Assert.InRange(Ndcg.Compute(values, [10, 0, 0, 1, 5], k), expected - .01, expected + .01);

    [Fact]
    public void Perfect_is_one_and_no_gain_is_undefined()
    {
        Assert.Equal(1, Ndcg.Compute([4, 3, 2], [5, 2, 0], 2), 12);
        Assert.True(double.IsNaN(Ndcg.Compute([4, 3, 2], [0, 0, 0], 2)));
    }

    [Fact]
    public void The_order_of_the_rows_decides_nothing()
    {
        double[] values = [2, 2, 2, 1, 1];
        float[] gains = [1, 0, 0, 3, 0];
        Assert.Equal(Ndcg.Compute(values, gains, 2), Ndcg.Compute([.. values.Reverse()], [.. gains.Reverse()], 2), 12);
        // any place of three equal items has a third of the gain
        Assert.Equal(1 / 3.0 * 2, Ndcg.Top(values, gains, 2), 12);
    }

    [Fact]
    public void The_top_is_a_sum()
    {
        Assert.Equal(7, Ndcg.Top([1, 2, 3], [9, 5, 2], 2), 12);
        Assert.Equal(16, Ndcg.Top([1, 2, 3], [9, 5, 2], 8), 12);
    }
}
