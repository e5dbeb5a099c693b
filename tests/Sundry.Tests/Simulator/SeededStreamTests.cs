using Sundry.Simulator;

namespace Sundry.Tests.Simulator;

public sealed class SeededStreamTests
{
    [Fact]
    public void Depends_on_seed_purpose_and_index_alone()
    {
        var first = new SeededStream(1, Purpose.Visits, 5).Next();
        Assert.Equal(first, new SeededStream(1, Purpose.Visits, 5).Next());
        Assert.NotEqual(first, new SeededStream(2, Purpose.Visits, 5).Next());
        Assert.NotEqual(first, new SeededStream(1, Purpose.Products, 5).Next());
        Assert.NotEqual(first, new SeededStream(1, Purpose.Visits, 6).Next());
    }

    [Fact]
    public void Draws_have_the_moments_they_should()
    {
        var draws = new SeededStream(1, Purpose.Days, 0);
        double uniform = 0, normal = 0, square = 0;
        var below = new int[7];
        const int Count = 200_000;
        for (var i = 0; i < Count; i++)
        {
            uniform += draws.Uniform();
            var z = draws.Normal();
            normal += z;
            square += z * z;
            below[draws.Below(7)]++;
        }

        Assert.Equal(0.5, uniform / Count, 0.005);
        Assert.Equal(0, normal / Count, 0.01);
        Assert.Equal(1, square / Count, 0.02);
        Assert.All(below, n => Assert.InRange(n, Count / 7 * 0.97, Count / 7 * 1.03));
    }

    [Fact]
    public void Neighbouring_streams_are_unrelated()
    {
        double product = 0;
        const int Count = 50_000;
        for (var i = 0; i < Count; i++)
            product += (new SeededStream(1, Purpose.Visits, i).Uniform() - 0.5) * (new SeededStream(1, Purpose.Visits, i + 1).Uniform() - 0.5);
        Assert.Equal(0, product / Count * 12, 0.02);
    }
}
