using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class BalancersTests
{
    [Theory]
    [InlineData("equal", new[] { 1.0, 1, 1 })]
    [InlineData("mean", new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 })]
    [InlineData("weighted", new[] { 2.0, 0.5, 1 })]
    [InlineData("max", new[] { 0.0, 1, 0 })]
    public void Each_weighs_as_its_name_says(string name, double[] expected)
    {
        var weights = new double[] { 9, 9, 9 };
        Balancers.Create(name).Weigh([0.3, 0.7, 0.1], [2, 0.5, 1], weights);
        Assert.Equal(expected, weights);
    }

    [Fact]
    public void Of_equal_losses_the_first_is_the_greatest()
    {
        var weights = new double[2];
        Balancers.Create("max").Weigh([0.5, 0.5], [1, 1], weights);
        Assert.Equal([1, 0], weights);
    }

    [Fact]
    public void One_task_is_weighed_too()
    {
        foreach (var name in new[] { "equal", "mean", "weighted", "max" })
        {
            var weights = new double[1];
            Balancers.Create(name).Weigh([0.5], [1], weights);
            Assert.Equal([1], weights);
        }
    }

    [Fact]
    public void Names_are_in_order_and_each_makes_a_balancer_of_its_own()
    {
        Assert.Equal(["equal", "max", "mean", "weighted"], Balancers.Names);
        Assert.NotSame(Balancers.Create("mean"), Balancers.Create("mean"));
        Assert.Throws<KeyNotFoundException>(() => Balancers.Create("none"));
        Assert.Throws<ArgumentException>(() => Balancers.Add("mean", static () => new EqualBalancer()));
    }
}
