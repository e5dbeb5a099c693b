using Sundry.Training;

namespace Sundry.Tests.Training;

public class ExpectedCalibrationErrorTests
{
    [Fact]
    public void Of_one_bin_is_the_gap_on_the_whole()
    {
        Assert.Equal(.25, ExpectedCalibrationError.Of([.5f, .5f, .5f, .5f], [1, 0, 0, 0], bins: 1), 1e-15);
    }

    [Fact]
    public void Bins_hold_equal_mass()
    {
        // ten rows in five bins of two: gaps |.05 − .5|, |.25 − 0|, |.45 − .5|, |.65 − 1|, |.85 − 1|
        float[] probabilities = [0, .1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f];
        float[] labels = [0, 1, 0, 0, 1, 0, 1, 1, 1, 1];
        Assert.Equal((.45 + .25 + .05 + .35 + .15) / 5, ExpectedCalibrationError.Of(probabilities, labels, bins: 5), 1e-7);
        var bins = ReliabilityDiagram.Of(probabilities, labels, bins: 5);
        Assert.All(bins, bin => Assert.Equal(2, bin.Rows));
    }

    [Fact]
    public void Equal_predictions_are_never_torn_apart()
    {
        // torn between bins in the order of the rows, the positives of one prediction would meet the negatives of another
        float[] probabilities = [.5f, .5f, .5f, .5f, .5f, .5f];
        Assert.Equal(0, ExpectedCalibrationError.Of(probabilities, [1, 1, 1, 0, 0, 0], bins: 3), 1e-15);
        Assert.Equal(6, Assert.Single(ReliabilityDiagram.Of(probabilities, [1, 1, 1, 0, 0, 0], bins: 3)).Rows);
    }

    [Fact]
    public void Does_not_depend_on_the_order_of_the_rows()
    {
        var (scores, labels, weights) = GoldenRows.Random(1000, 5, .02);
        double error = ExpectedCalibrationError.Of(scores, labels, weights);
        Array.Reverse(scores);
        Array.Reverse(labels);
        Array.Reverse(weights);
        Assert.Equal(error, ExpectedCalibrationError.Of(scores, labels, weights), 1e-13);
    }

    [Fact]
    public void Is_the_mean_distance_of_the_reliability_diagram()
    {
        var (scores, labels, weights) = GoldenRows.Random(1000, 6);
        var bins = ReliabilityDiagram.Of(scores, labels, weights);
        double mean = bins.Sum(bin => bin.Weight * Math.Abs(bin.Prediction - bin.Observed)) / bins.Sum(bin => bin.Weight);
        Assert.Equal(mean, ExpectedCalibrationError.Of(scores, labels, weights), 1e-13);
        Assert.Equal(ExpectedCalibrationError.Bins, bins.Count);
    }

    [Fact]
    public void Is_undefined_without_rows_or_with_a_NaN()
    {
        Assert.Equal(double.NaN, ExpectedCalibrationError.Of([], []));
        Assert.Equal(double.NaN, ExpectedCalibrationError.Of([.5f], [float.NaN]));
        Assert.Equal(double.NaN, ExpectedCalibrationError.Of([float.NaN, .5f], [0, 1]));
        Assert.Empty(ReliabilityDiagram.Of([], []));
        Assert.Empty(ReliabilityDiagram.Of([float.NaN, .5f], [0, 1]));
    }
}
