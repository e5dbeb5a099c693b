using Sundry.Training;

namespace Sundry.Tests.Training;

public class PrAucTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(.1)]
    public void Equals_the_sum_over_every_threshold(double resolution)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var (scores, labels, weights) = GoldenRows.Random(60, seed, resolution);
            Assert.Equal(ByThresholds(scores, labels, weights), PrAuc.Of(scores, labels, weights), 1e-13);
        }
    }

    [Fact]
    public void Of_equal_scores_is_the_share_of_positives()
    {
        Assert.Equal(.25, PrAuc.Of([.7f, .7f, .7f, .7f], [1, 0, 0, 0]));
    }

    [Fact]
    public void Is_undefined_without_positives_and_one_without_negatives()
    {
        Assert.Equal(double.NaN, PrAuc.Of([.1f, .2f], [0, 0]));
        Assert.Equal(double.NaN, PrAuc.Of([], []));
        Assert.Equal(1, PrAuc.Of([.1f, .2f], [1, 1]));
    }

    private static double ByThresholds(float[] scores, float[] labels, float[] weights)
    {
        double all = 0, sum = 0, recallBefore = 0;
        for (int i = 0; i < scores.Length; i++) all += weights[i] * labels[i];
        foreach (float threshold in scores.Distinct().OrderDescending())
        {
            double above = 0, right = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                if (scores[i] < threshold) continue;
                above += weights[i];
                right += weights[i] * labels[i];
            }

            if (above == 0) continue;
            sum += (right / all - recallBefore) * right / above;
            recallBefore = right / all;
        }

        return sum;
    }
}
