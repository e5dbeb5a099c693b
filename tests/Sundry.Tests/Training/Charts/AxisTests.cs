using Sundry.Training;

namespace Sundry.Tests.Training;

public class AxisTests
{
    [Fact]
    public void Ticks_are_round_and_inside()
    {
        var axis = Axis.Around([.8213, .8674], 0, 100);
        Assert.Equal(["0.82", "0.83", "0.84", "0.85", "0.86", "0.87"], axis.Ticks.Select(axis.Label));
        Assert.Equal(0, axis.At(.82), 1e-9);
        Assert.Equal(100, axis.At(.87), 1e-9);
    }

    [Fact]
    public void An_axis_around_values_ends_on_ticks()
    {
        foreach (double[] values in (double[][])[[1.03, 1.12], [.0123, .0567], [-3, 11], [97, 104]])
        {
            var axis = Axis.Around(values, 0, 100);
            Assert.Equal(axis.Low, axis.Ticks[0], 1e-9);
            Assert.Equal(axis.High, axis.Ticks[^1], 1e-9);
        }
    }

    [Fact]
    public void One_value_or_none_still_has_an_axis()
    {
        foreach (double[] values in (double[][])[[], [5], [0], [double.NaN, double.PositiveInfinity]])
        {
            var axis = Axis.Around(values, 0, 100);
            Assert.True(axis.High > axis.Low);
            Assert.NotEmpty(axis.Ticks);
        }
    }

    [Fact]
    public void Whole_numbers_have_whole_ticks()
    {
        Assert.Equal(["2", "4", "6", "8", "10"], Labels(Axis.Whole(1, 10, 0, 100)));
        Assert.Equal(["1", "2", "3"], Labels(Axis.Whole(1, 3, 0, 100)));
        Assert.Equal(["1"], Labels(Axis.Whole(1, 1, 0, 100)));

        static IEnumerable<string> Labels(Axis axis) => axis.Ticks.Select(axis.Label);
    }

    [Fact]
    public void Logarithmic_axes_end_on_decades_and_hold_zero_at_their_foot()
    {
        var axis = Axis.Log(.00003, .4, 0, 100);
        Assert.Equal(["10⁻⁵", "0.0001", "0.001", "0.01", "0.1", "1"], axis.Ticks.Select(axis.Label));
        Assert.Equal(0, axis.At(0));
        Assert.Equal(60, axis.At(.01), 1e-9);
    }
}
