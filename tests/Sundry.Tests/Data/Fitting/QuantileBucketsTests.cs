using Sundry.Data;

namespace Sundry.Tests;

public sealed class QuantileBucketsTests
{
    [Fact]
    public void Few_values_have_a_bucket_each()
    {
        float[] sorted = [1, 1, 2, 5, 5, 5];
        var edges = QuantileBuckets.Fit(sorted, 32);
        Assert.Equal([1.5f, 3.5f], edges);
        Assert.Equal([0, 0, 1, 1, 2, 2], new[] { -9f, 1, 2, 3.5f, 4, 5 }.Select(value => NumberEncoder.Bucket(edges, value)));
    }

    [Fact]
    public void Many_values_share_buckets_of_equal_mass()
    {
        var sorted = Enumerable.Range(0, 10_000).Select(i => (float)Math.Exp(i / 1000.0)).ToArray();
        var edges = QuantileBuckets.Fit(sorted, 20);
        Assert.Equal(19, edges.Length);
        Assert.All(Masses(sorted, edges), mass => Assert.InRange(mass, 450, 550));
    }

    [Fact]
    public void A_heavy_value_does_not_eat_the_buckets_of_the_others()
    {
        var sorted = Enumerable.Repeat(0f, 96_000).Concat(Enumerable.Range(1, 4_000).Select(i => (float)i)).ToArray();
        var edges = QuantileBuckets.Fit(sorted, 32);
        var masses = Masses(sorted, edges);
        Assert.Equal(32, masses.Length);
        Assert.Equal(96_000, masses[0]);
        Assert.All(masses[1..], mass => Assert.InRange(mass, 100, 160));
    }

    [Fact]
    public void Neighbouring_floats_stay_apart()
    {
        float[] sorted = [1, MathF.BitIncrement(1)];
        var edges = QuantileBuckets.Fit(sorted, 2);
        Assert.Equal(0, NumberEncoder.Bucket(edges, sorted[0]));
        Assert.Equal(1, NumberEncoder.Bucket(edges, sorted[1]));
    }

    private static int[] Masses(float[] sorted, float[] edges)
    {
        var masses = new int[edges.Length + 1];
        foreach (float value in sorted) masses[NumberEncoder.Bucket(edges, value)]++;
        return masses;
    }
}
