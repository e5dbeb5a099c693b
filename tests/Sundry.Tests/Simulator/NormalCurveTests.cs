using Sundry.Simulator;

namespace Sundry.Tests.Simulator;

public sealed class NormalCurveTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-1.96, 0.024997895148220435)]
    [InlineData(3.5, 0.9997673709209645)]
    public void Agrees_with_tables(double x, double expected) => Assert.Equal(expected, NormalCurve.Below(x), 1e-7);

    [Fact]
    public void Expectations_agree_with_draws()
    {
        var draws = new SeededStream(3, Purpose.Days, 0);
        double seconds = 0, stars = 0;
        const int Count = 400_000;
        for (var i = 0; i < Count; i++)
        {
            seconds += Math.Min(100, Math.Exp(3 + 0.9 * draws.Normal()));
            stars += Math.Clamp(Math.Floor(4.2 + 0.7 * draws.Normal() + 0.5), 1, 5);
        }

        Assert.Equal(NormalCurve.CappedLogNormalMean(3, 0.9, 100), seconds / Count, 0.2);
        Assert.Equal(NormalCurve.StarsMean(4.2, 0.7), stars / Count, 0.01);
    }
}
