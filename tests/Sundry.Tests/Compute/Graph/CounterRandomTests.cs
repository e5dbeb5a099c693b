using Sundry.Compute;

namespace Sundry.Tests;

public sealed class CounterRandomTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(ulong.MaxValue)]
    public void Uniform_is_uniform(ulong seed)
    {
        var buckets = new int[20];
        double sum = 0, product = 0, last = 0;
        for (var i = 0; i < Count; i++)
        {
            var u = CounterRandom.Uniform(seed, (ulong)i);
            Assert.InRange(u, 0, 1 - 1e-17);
            buckets[(int)(u * 20)]++;
            sum += u;
            product += (u - 0.5) * (last - 0.5);
            last = u;
        }

        // five standard deviations of each statistic
        Assert.InRange(sum / Count, 0.5 - 5 * Deviation(1 / 12.0), 0.5 + 5 * Deviation(1 / 12.0));
        Assert.InRange(product / Count, -5 * Deviation(1 / 144.0), 5 * Deviation(1 / 144.0));
        Assert.All(buckets, n => Assert.InRange(n / (double)Count, 0.05 - 5 * Deviation(0.05 * 0.95), 0.05 + 5 * Deviation(0.05 * 0.95)));
    }

    [Fact]
    public void Normal_has_the_moments_of_a_normal()
    {
        double[] powers = [0, 0, 0, 0];
        for (var i = 0; i < Count; i++)
        {
            var x = CounterRandom.Normal(7, (ulong)i);
            for (var p = 0; p < 4; p++) powers[p] += Math.Pow(x, p + 1) / Count;
        }

        Assert.InRange(powers[0], -5 * Deviation(1), 5 * Deviation(1));
        Assert.InRange(powers[1], 1 - 5 * Deviation(2), 1 + 5 * Deviation(2));
        Assert.InRange(powers[2], -5 * Deviation(15), 5 * Deviation(15));
        Assert.InRange(powers[3], 3 - 5 * Deviation(96), 3 + 5 * Deviation(96));
    }

    [Fact]
    public void Derived_seeds_differ()
    {
        var seeds = Enumerable.Range(0, 1000).Select(i => CounterRandom.Derive(1, $"layer{i}/weight"))
            .Concat(Enumerable.Range(0, 1000).Select(i => CounterRandom.Derive(1, (ulong)i)))
            .Concat(Enumerable.Range(2, 1000).Select(i => CounterRandom.Derive((ulong)i, "layer0/weight")));
        Assert.Equal(3000, seeds.Distinct().Count());
    }

    /// <summary>The sequence is part of what a seed means: it must not change between versions.</summary>
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        // SplitMix64's first outputs from state 0 are Mix(0), Mix(γ), …; here a counter walks from the mixed seed
        Assert.Equal(0xE220A8397B1DCDAFUL, Mix(0));
        Assert.Equal(Mix(unchecked(Mix(0) + 3 * 0x9E3779B97F4A7C15UL)), CounterRandom.Bits(0, 3));

        static ulong Mix(ulong z)
        {
            z += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    private static double Deviation(double variance) => Math.Sqrt(variance / Count);
}
