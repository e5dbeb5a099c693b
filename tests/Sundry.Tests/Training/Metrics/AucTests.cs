using Sundry.Training;

namespace Sundry.Tests.Training;

public class AucTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(.05)]
    [InlineData(.5)]
    public void Equals_the_count_of_pairs(double resolution)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var (scores, labels, weights) = GoldenRows.Random(60, seed, resolution);
            Assert.Equal(ByPairs(scores, labels, null), Auc.Of(scores, labels), 1e-14);
            Assert.Equal(ByPairs(scores, labels, weights), Auc.Of(scores, labels, weights), 1e-14);
        }
    }

    [Fact]
    public void Of_equal_scores_is_a_half()
    {
        Assert.Equal(.5, Auc.Of([.7f, .7f, .7f, .7f], [1, 0, 0, 1]));
    }

    [Fact]
    public void Tells_minus_zero_from_nothing()
    {
        Assert.Equal(.5, Auc.Of([-0f, 0f], [1, 0]));
        Assert.Equal(.5, Auc.Of([0f, -0f], [1, 0]));
    }

    [Fact]
    public void Is_undefined_without_both_classes()
    {
        Assert.Equal(double.NaN, Auc.Of([], []));
        Assert.Equal(double.NaN, Auc.Of([.1f, .2f], [1, 1]));
        Assert.Equal(double.NaN, Auc.Of([.1f, .2f], [0, 0]));
        Assert.Equal(double.NaN, Auc.Of([.1f, .2f], [0, 1], [1, 0]));
        Assert.Equal(double.NaN, Auc.Of([.1f, .2f], [0, float.NaN]));
    }

    [Fact]
    public void Is_undefined_where_a_score_is_not_a_number_unless_the_row_is_out()
    {
        Assert.Equal(double.NaN, Auc.Of([float.NaN, .2f, .3f], [1, 0, 1]));
        Assert.Equal(1, Auc.Of([float.NaN, .2f, .3f], [float.NaN, 0, 1]));
        Assert.Equal(1, Auc.Of([float.NaN, .2f, .3f], [1, 0, 1], [0, 1, 1]));
    }

    [Fact]
    public void Survives_a_monotone_transform_and_turns_over_with_the_labels()
    {
        var (scores, labels, weights) = GoldenRows.Random(500, 3, .01);
        float[] squashed = [.. scores.Select(s => s * s * s - 7)];
        float[] flipped = [.. labels.Select(y => 1 - y)];
        float[] negated = [.. scores.Select(s => -s)];
        double auc = Auc.Of(scores, labels, weights);
        Assert.Equal(auc, Auc.Of(squashed, labels, weights), 1e-14);
        Assert.Equal(1 - auc, Auc.Of(scores, flipped, weights), 1e-14);
        Assert.Equal(1 - auc, Auc.Of(negated, labels, weights), 1e-14);
    }

    [Fact]
    public void Takes_infinite_scores_as_ends()
    {
        Assert.Equal(1, Auc.Of([float.NegativeInfinity, 0, float.PositiveInfinity], [0, 0, 1]));
    }

    [Fact]
    public void Says_that_lengths_differ()
    {
        Assert.Contains("3 predictions for 2 labels", Assert.Throws<ArgumentException>(() => Auc.Of([1, 2, 3], [0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("1 weights for 2 labels", Assert.Throws<ArgumentException>(() => Auc.Of([1, 2], [0, 1], [1])).Message, StringComparison.Ordinal);
    }

    private static double ByPairs(float[] scores, float[] labels, float[]? weights)
    {
        double right = 0, pairs = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                if (labels[i] != 1 || labels[j] != 0) continue;
                double weight = weights is null ? 1 : (double)weights[i] * weights[j];
                pairs += weight;
                right += weight * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? .5 : 0);
            }
        }

        return right / pairs;
    }
}
