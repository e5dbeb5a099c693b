using Sundry.Training;

namespace Sundry.Tests.Training;

public class NegativeTransferTests
{
    [Fact]
    public void Is_the_relative_gain_in_the_direction_of_better()
    {
        Assert.Equal(.1, NegativeTransfer.Delta("auc", .88, .8), 1e-12);
        Assert.Equal(-.1, NegativeTransfer.Delta("rmse", 1.1, 1), 1e-12);
        Assert.Equal(.5, NegativeTransfer.Delta("r2", -.5, -1), 1e-12);
        Assert.Equal(.5, NegativeTransfer.Delta("calibration", 1.1, .8), 1e-12);
    }

    [Fact]
    public void Is_undefined_where_a_side_is_and_left_out_of_the_mean()
    {
        double undefined = NegativeTransfer.Delta("auc", double.NaN, .8);
        Assert.Equal(double.NaN, undefined);
        Assert.Equal(double.NaN, NegativeTransfer.Delta("r2", .5, 0));
        Assert.Equal(.15, NegativeTransfer.Mean(.1, undefined, .2), 1e-12);
        Assert.Equal(double.NaN, NegativeTransfer.Mean(undefined));
    }
}
