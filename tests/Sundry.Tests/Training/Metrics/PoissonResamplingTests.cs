using Sundry.Training;

namespace Sundry.Tests.Training;

public class PoissonResamplingTests
{
    [Fact]
    public void Counts_are_Poisson_with_mean_one()
    {
        var counts = new byte[1_000_003];
        PoissonResampling.Draw(counts, 1, 0);
        double mean = counts.Average(c => (double)c);
        Assert.Equal(1, mean, .005);
        Assert.Equal(1, counts.Average(c => (c - mean) * (c - mean)), .01);
        Assert.Equal(Math.Exp(-1), counts.Count(c => c == 0) / (double)counts.Length, .003);
        Assert.Equal(Math.Exp(-1) / 6, counts.Count(c => c == 3) / (double)counts.Length, .002);
    }

    [Fact]
    public void Seeds_and_resamples_draw_differently_and_repeat()
    {
        byte[] Draw(ulong seed, int resample)
        {
            var counts = new byte[103];
            PoissonResampling.Draw(counts, seed, resample);
            return counts;
        }

        Assert.Equal(Draw(1, 1), Draw(1, 1));
        Assert.NotEqual(Draw(1, 1), Draw(1, 2));
        Assert.NotEqual(Draw(1, 1), Draw(2, 1));
        Assert.NotEqual(Draw(1, 2), Draw(2, 1));
    }
}
