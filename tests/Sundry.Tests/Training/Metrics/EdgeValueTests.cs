using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Single metrics where their definition has an edge.</summary>
public class EdgeValueTests
{
    [Fact]
    public void Log_loss_of_a_certain_mistake_is_finite()
    {
        Assert.Equal(23 * Math.Log(2), LogLoss.Of([0], [1]), 1e-12);
        Assert.Equal(23 * Math.Log(2), LogLoss.Of([1], [0]), 1e-6);
        Assert.Equal(LogLoss.Epsilon, LogLoss.Of([1], [1]), 1e-12);
    }

    [Fact]
    public void Log_loss_takes_soft_labels()
    {
        Assert.Equal(-.25 * Math.Log(.5) - .75 * Math.Log(.5), LogLoss.Of([.5f], [.25f]), 1e-12);
    }

    [Fact]
    public void Normalized_entropy_of_the_mean_is_one()
    {
        Assert.Equal(1, NormalizedEntropy.Of([.25f, .25f, .25f, .25f], [1, 0, 0, 0]), 1e-12);
        Assert.Equal(double.NaN, NormalizedEntropy.Of([.25f, .25f], [0, 0]));
        Assert.Equal(double.NaN, NormalizedEntropy.Of([.25f, .25f], [1, 1]));
    }

    [Fact]
    public void Calibration_is_a_ratio_of_sums()
    {
        Assert.Equal(1.5, Calibration.Of([.5f, .5f, .5f], [1, 0, 0]), 1e-12);
        Assert.Equal(double.NaN, Calibration.Of([.5f], [0]));
    }

    [Fact]
    public void A_prediction_at_the_threshold_is_positive()
    {
        Assert.Equal(new BinaryCounts(1, 0, 0, 0), BinaryCounts.Of([.5f], [1]));
        Assert.Equal(new BinaryCounts(0, 0, 1, 0), BinaryCounts.Of([.5f], [1], threshold: .51));
    }

    [Fact]
    public void Precision_recall_and_f1_are_undefined_where_they_have_nothing_to_divide_by()
    {
        Assert.Equal(double.NaN, Precision.Of([.1f], [1]));
        Assert.Equal(double.NaN, Recall.Of([.9f], [0]));
        Assert.Equal(double.NaN, F1.Of([.1f], [0]));
        Assert.Equal(0, F1.Of([.1f], [1]));
    }

    [Fact]
    public void Macro_f1_leaves_out_absent_classes_and_counts_missed_ones()
    {
        // class 0 right, class 1 missed (its row taken for 0), class 2 absent
        Assert.Equal((2.0 / 3 + 0) / 2, MacroF1.Of([.8f, .1f, .1f, .6f, .3f, .1f], 3, [0, 1]), 1e-12);
        Assert.Equal(double.NaN, MacroF1.Of([], 3, []));
        Assert.Equal(double.NaN, MacroF1.Of([.8f, float.NaN, .1f], 3, [0]));
        Assert.Equal(double.NaN, Accuracy.Of([.8f, float.NaN, .1f], 3, [0]));
    }

    [Fact]
    public void R_squared_of_labels_that_do_not_vary_is_undefined()
    {
        Assert.Equal(double.NaN, RSquared.Of([1, 2], [3, 3]));
        Assert.Equal(double.NaN, RSquared.Of([1], [3]));
        Assert.Equal(0, RSquared.Of([2, 2], [1, 3]), 1e-15);
    }

    [Fact]
    public void Poisson_deviance_is_zero_at_the_truth_finite_at_zero_and_undefined_below()
    {
        Assert.Equal(0, PoissonDeviance.Of([3, 1], [3, 1]), 1e-12);
        Assert.Equal(4, PoissonDeviance.Of([2], [0]), 1e-12);
        Assert.InRange(PoissonDeviance.Of([0], [1]), 20, 40);
        Assert.Equal(double.NaN, PoissonDeviance.Of([1], [-1]));
    }
}
