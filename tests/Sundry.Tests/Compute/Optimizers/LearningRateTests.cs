using Sundry.Compute;

namespace Sundry.Tests;

public sealed class LearningRateTests
{
    [Fact]
    public void Warm_up_rises_evenly_and_stays()
    {
        Assert.Equal((double[])[0.25, 0.5, 0.75, 1, 1, 1], Enumerable.Range(0, 6).Select(step => LearningRate.WarmUp(step, 4)));
        Assert.Equal(1, LearningRate.WarmUp(0, 0));
    }

    [Fact]
    public void Cosine_falls_along_half_a_wave()
    {
        Assert.Equal(1, LearningRate.Cosine(0, 100));
        Assert.Equal(0.5, LearningRate.Cosine(50, 100), 12);
        Assert.Equal(0.5 * (1 + Math.Cos(Math.PI / 4)), LearningRate.Cosine(25, 100), 12);
        Assert.Equal(0, LearningRate.Cosine(100, 100), 12);
        Assert.Equal(0, LearningRate.Cosine(1000, 100), 12);
        Assert.Equal(0.2, LearningRate.Cosine(100, 100, floor: 0.2), 12);
        Assert.Equal(0.6, LearningRate.Cosine(50, 100, floor: 0.2), 12);
        Assert.Equal(1, LearningRate.Cosine(5, 0));
    }

    [Fact]
    public void Plateau_falls_each_time_that_patience_ends()
    {
        Assert.Equal(1, LearningRate.Plateau([], 2, 0.5));
        Assert.Equal(1, LearningRate.Plateau([0.1, 0.2, 0.2], 2, 0.5));
        Assert.Equal(0.5, LearningRate.Plateau([0.1, 0.2, 0.2, 0.1], 2, 0.5));
        Assert.Equal(0.5, LearningRate.Plateau([0.1, 0.2, 0.2, 0.1, 0.3, 0.3], 2, 0.5));
        Assert.Equal(0.25, LearningRate.Plateau([0.1, 0.2, 0.2, 0.1, 0.2, 0.2], 2, 0.5));
        Assert.Equal(0.125, LearningRate.Plateau([1, 0, 0, 0], 1, 0.5));
        // an undefined score improves nothing
        Assert.Equal(0.5, LearningRate.Plateau([0.1, double.NaN, double.NaN], 2, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRate.Plateau([1], 0, 0.5));
    }
}
