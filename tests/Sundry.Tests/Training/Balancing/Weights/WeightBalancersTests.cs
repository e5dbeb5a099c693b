using Sundry.Data;
using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class WeightBalancersTests
{
    [Theory]
    [InlineData("equal", new[] { 1.0, 1, 1 })]
    [InlineData("mean", new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 })]
    [InlineData("weighted", new[] { 2.0, 0.5, 1 })]
    [InlineData("max", new[] { 0.0, 1, 0 })]
    public void The_plain_ones_weigh_as_their_names_say(string name, double[] expected) =>
        Assert.Equal(expected, BalancingCase.Weights(name, 3, weights: [2, 0.5, 1]).Weigh([0.3, 0.7, 0.1]));

    [Fact]
    public void Of_equal_losses_the_first_is_the_greatest() => Assert.Equal([1, 0], BalancingCase.Weights("max", 2).Weigh([0.5, 0.5]));

    [Fact]
    public void A_task_that_the_batch_holds_no_row_of_is_not_the_greatest() => Assert.Equal([0, 1], BalancingCase.Weights("max", 2).Weigh([double.NaN, -0.5]));

    [Fact]
    public void Decaying_weights_are_powers_of_their_factors()
    {
        var epochs = BalancingCase.Weights("{method: decay, factors: {task 0: 0.5, task 1: 2}}", 3, weights: [4, 1, 3]);
        Assert.Equal([4, 1, 3], epochs.Weigh([1, 1, 1], step: 7, epoch: 1));
        Assert.Equal([1, 4, 3], epochs.Weigh([1, 1, 1], step: 9, epoch: 3));
        var steps = BalancingCase.Weights("{method: decay, per: step, factors: {task 0: 0.5}}", 2);
        Assert.Equal([0.125, 1], steps.Weigh([1, 1], step: 3, epoch: 1));
    }

    [Fact]
    public void Dwa_gives_the_golden_weights_in_the_third_epoch()
    {
        var dwa = BalancingCase.Weights("dwa", 2);
        Assert.Equal([1, 1], dwa.Weigh([3, 4]));
        dwa.EndEpoch(1, [1, 2]);
        Assert.Equal([1, 1], dwa.Weigh([3, 4], epoch: 2));
        dwa.EndEpoch(2, [.8, 1]);
        var weights = dwa.Weigh([3, 4], epoch: 3);
        Assert.Equal(1.0748596906875, weights[0], 1e-10);
        Assert.Equal(.9251403093125, weights[1], 1e-10);
    }

    [Theory]
    [InlineData(TaskType.Binary, "", 0.5)]
    [InlineData(TaskType.Multiclass, "", 0.5)]
    [InlineData(TaskType.Regression, "", 0.5)]
    [InlineData(TaskType.Regression, "huber", 0.5)]
    public void Uncertainty_comes_to_half_of_one_over_the_loss(TaskType type, string loss, double expected)
    {
        var setup = BalancingCase.Setup("{method: uncertainty, rate: 0.02}", 2);
        var balancer = new UncertaintyBalancer(setup with { Tasks = [.. setup.Tasks.Select(t => t with { Type = type, Loss = loss })] });
        // at the start the objective is L, or L / 2 of a squared error
        Assert.Equal(type == TaskType.Regression && loss == "" ? 0.5 : 1, balancer.Weigh([0.3, 4])[0]);
        var weights = Settled(balancer, [0.3, 4]);
        Assert.Equal(expected / 0.3, weights[0], 3);
        Assert.Equal(expected / 4, weights[1], 3);
    }

    [Fact]
    public void Impartial_losses_come_to_one_over_the_loss()
    {
        var weights = Settled(BalancingCase.Weights("{method: imtl_l, rate: 0.02}", 2), [0.3, 4]);
        Assert.Equal(1 / 0.3, weights[0], 3);
        Assert.Equal(1 / 4.0, weights[1], 3);
    }

    [Theory]
    [InlineData("gls", 1, new[] { 0.5, 2, 0.1 })]
    [InlineData("gls", 1, new[] { 1e-9, 2e3, 0.1 })]
    [InlineData("stch", 1, new[] { 0.5, 2, 0.1 })]
    [InlineData("stch", 2, new[] { 0.5, 2, 0.1 })]
    [InlineData("{method: stch, mu: 0.1}", 2, new[] { 0.5, 2, 0.1 })]
    [InlineData("{method: soft_max, relative: false}", 1, new[] { 0.5, 2, 0.1 })]
    [InlineData("{method: soft_max, relative: false, mu: 0.01}", 1, new[] { 0.5, 2, 0.1 })]
    [InlineData("{method: soft_max, mu: 0.3}", 1, new[] { 0.5, 2, 0.1 })]
    public void Weights_are_the_slopes_of_the_objective(string options, int epoch, double[] losses)
    {
        var balancer = BalancingCase.Weights(options, 3);
        double[] first = [0.7, 3, 0.2];
        if (options.Contains("mu: 0.3", StringComparison.Ordinal)) balancer.Weigh(first);
        if (epoch > 1) balancer.EndEpoch(1, first);
        var weights = balancer.Weigh(losses, step: 1, epoch);
        for (var t = 0; t < 3; t++)
        {
            var h = 1e-5 * losses[t];
            var slope = (Objective(losses.Select((l, s) => s == t ? l + h : l)) - Objective(losses.Select((l, s) => s == t ? l - h : l))) / (2 * h);
            if (weights[t] > 1e-9) Assert.Equal(1, weights[t] / slope, 2e-3);
            else Assert.Equal(0, slope, 1e-9);
        }

        double Objective(IEnumerable<double> at)
        {
            double[] l = [.. at];
            return options switch
            {
                "gls" => Math.Pow(l[0] * l[1] * l[2], 1 / 3.0),
                "stch" when epoch == 1 => l.Sum(Math.Log),
                "stch" => 3 * Math.Log(l.Select((x, t) => x / first[t]).Sum()),
                "{method: stch, mu: 0.1}" => 0.1 * 3 * Math.Log(l.Select((x, t) => Math.Pow(x / first[t], 10)).Sum()),
                "{method: soft_max, mu: 0.3}" => 0.3 * Math.Log(l.Select((x, t) => Math.Exp(x / first[t] / 0.3)).Sum()),
                "{method: soft_max, relative: false}" => 0.5 * Math.Log(l.Sum(x => Math.Exp(x / 0.5))),
                _ => 0.01 * Math.Log(l.Sum(x => Math.Exp((x - 2) / 0.01))) + 2,
            };
        }
    }

    [Fact]
    public void Random_weights_sum_to_one_and_follow_seed_and_step_alone()
    {
        var balancer = BalancingCase.Weights("rlw", 3, seed: 4);
        var first = balancer.Weigh([1, 1, 1], step: 0);
        Assert.Equal(1, first.Sum(), 12);
        Assert.NotEqual(first, balancer.Weigh([1, 1, 1], step: 1));
        Assert.Equal(first, BalancingCase.Weights("rlw", 3, seed: 4).Weigh([2, 9, 1], step: 0));
        Assert.NotEqual(first, BalancingCase.Weights("rlw", 3, seed: 5).Weigh([1, 1, 1], step: 0));
        // over many steps no task is favoured
        var means = new double[3];
        for (var step = 0; step < 20_000; step++)
        {
            var weights = balancer.Weigh([1, 1, 1], step);
            for (var t = 0; t < 3; t++) means[t] += weights[t] / 20_000;
        }

        Assert.All(means, m => Assert.InRange(m, 0.325, 0.342));
    }

    [Fact]
    public void Famo_moves_towards_the_task_whose_loss_fell_least()
    {
        var famo = BalancingCase.Weights("{method: famo, decay: 0}", 2);
        Assert.True(famo.LooksBack);
        // at first z = ½, ½ and the weights are (z / L) / Σ z / L
        var weights = famo.Weigh([0.5, 2]);
        Assert.Equal(0.8, weights[0], 6);
        Assert.Equal(0.2, weights[1], 6);
        // falls are log 2 and log 1: the gradient of ξ is ¼ log 2 and its negative, and Adam's first step is its rate
        famo.AfterStep(BalancingCase.Step([0.5, 2]), [0.25, 2]);
        Assert.Equal(-0.025, famo.State[0], 6);
        Assert.Equal(0.025, famo.State[1], 6);
        Assert.Equal(0.25 * Math.Log(2) * 0.1, famo.State[2], 6);
        weights = famo.Weigh([0.5, 0.5]);
        Assert.Equal(1 / (1 + Math.Exp(0.05)), weights[0], 6);
    }

    [Fact]
    public void Two_tasks_that_fall_alike_leave_famo_as_it_is()
    {
        var famo = BalancingCase.Weights("{method: famo, decay: 0}", 2);
        famo.AfterStep(BalancingCase.Step([2, 2]), [1.5, 1.5]);
        Assert.Equal(famo.State[0], famo.State[1]);
    }

    private static double[] Settled(IWeightBalancer balancer, double[] losses)
    {
        double[] weights = [];
        for (var step = 0; step < 4000; step++) weights = balancer.Weigh(losses, step);
        return weights;
    }
}
