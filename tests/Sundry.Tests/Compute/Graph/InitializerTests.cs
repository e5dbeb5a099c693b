using Sundry.Compute;

namespace Sundry.Tests;

public sealed class InitializerTests
{
    [Fact]
    public void Values_have_the_spread_that_they_are_named_for()
    {
        Assert.All(Draw(Initializer.Zeros), v => Assert.Equal(0, v));
        Assert.All(Draw(Initializer.Ones), v => Assert.Equal(1, v));
        Assert.All(Draw(Initializer.Constant(0.25f)), v => Assert.Equal(0.25f, v));
        Uniform(Initializer.Uniform(0.7), 0.7);
        Uniform(Initializer.FanIn(16), 0.25);
        Uniform(Initializer.Xavier(20, 4), 0.5);
        var normal = Draw(Initializer.Normal(0.01));
        Assert.InRange(normal.Average(), -0.0003, 0.0003);
        Assert.InRange(Math.Sqrt(normal.Average(v => v * (double)v)), 0.0098, 0.0102);

        static void Uniform(Initializer initializer, double bound)
        {
            var values = Draw(initializer);
            Assert.All(values, v => Assert.InRange(v, -bound, bound));
            Assert.InRange(values.Average(v => v / bound), -0.02, 0.02);
            Assert.InRange(values.Average(v => v * (double)v / bound / bound), 0.32, 0.346);
            Assert.True(values.Max() > 0.99 * bound && values.Min() < -0.99 * bound);
        }
    }

    [Fact]
    public void Seed_and_name_alone_decide()
    {
        var one = new Graph();
        one.Parameter("w", 5, 7, Initializer.Normal(1));
        one.Table("t", 9, 4, Initializer.Normal(1));
        var two = new Graph();
        two.Parameter("something else", 3, 3, Initializer.Normal(1));
        two.Table("another", 2, 8, Initializer.Normal(1));
        two.Table("t", 9, 4, Initializer.Normal(1));
        two.Parameter("w", 5, 7, Initializer.Normal(1));
        using var a = new ParameterStore(one, 42);
        using var b = new ParameterStore(two, 42, 2);
        using var c = new ParameterStore(one, 43);
        Check.Exact("w", a.Values(one.Parameters[0]), b.Values(two.Parameters[1]));
        for (var row = 0; row < 9; row++) Check.Exact("t", a.Values(one.Tables[0], row), b.Values(two.Tables[1], row));
        Assert.False(a.Values(one.Parameters[0]).SequenceEqual(c.Values(one.Parameters[0])));
        Assert.False(a.Values(one.Tables[0], 0).SequenceEqual(c.Values(one.Tables[0], 0)));
        Assert.False(a.Values(one.Tables[0], 0).SequenceEqual(a.Values(one.Tables[0], 1)));
        Assert.False(b.Values(two.Parameters[0])[..4].SequenceEqual(b.Values(two.Parameters[1])[..4]));
    }

    private static float[] Draw(Initializer initializer)
    {
        var values = new float[20_000];
        initializer.Fill(values, 3, 0);
        var half = new float[10_000];
        initializer.Fill(half, 3, 10_000);
        Check.Exact("the second half by itself", values.AsSpan(10_000), half);
        return values;
    }
}
