using System.Text.Json;
using Sundry.Data;
using Sundry.Models;
using Sundry.Tests.House;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>What every balancer must do, those of gradients and those of losses.</summary>
public sealed class BalancersTests
{
    public static TheoryData<string> Every => [.. Balancers.Names.Where(n => Balancers.Find(n) is not null).Select(Line), "{method: nash_mtl, every: 3}", "{method: mgda, of: representation}", "{method: mgda, normalize: loss_norm}"];

    [Fact]
    public void Names_are_in_order_and_each_makes_a_balancer_of_its_own()
    {
        Assert.Equal(
            ["aligned_mtl", "cagrad", "config", "db_mtl", "decay", "dualproj", "dwa", "equal", "famo", "gls", "graddrop", "gradnorm", "gradvac", "imtl_g", "imtl_l", "max", "mean", "metabalance", "mgda", "nash_mtl", "pcgrad", "rlw", "searched", "soft_max", "stch", "uncertainty", "upgrad", "weighted"],
            Balancers.Names.Where(n => Balancers.Find(n) is not null));
        var setup = BalancingCase.Setup("mean", 2);
        Assert.NotSame(Balancers.Create(setup), Balancers.Create(setup));
        Assert.Throws<KeyNotFoundException>(() => Balancers.Create(setup with { Options = new() { Method = "none" } }));
        Assert.Throws<ArgumentException>(() => Balancers.Add("mean", static _ => new EqualBalancer()));
    }

    [Fact]
    public void Each_has_its_page_and_its_line_in_the_index()
    {
        var index = File.ReadAllText(Checkout.Of("docs", "balancing", "README.md"));
        foreach (var name in Balancers.Names.Where(n => Balancers.Find(n) is not null))
        {
            Assert.Contains($"| [{name}]({name}.md) |", index, StringComparison.Ordinal);
            var page = File.ReadAllText(Checkout.Of("docs", "balancing", name + ".md"));
            Assert.StartsWith($"# {name}\n", page, StringComparison.Ordinal);
            foreach (var setting in Balancers.Find(name)!.Settings) Assert.Contains(ConfigWords.Of(setting), page, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void On_one_task_each_is_the_identity(string options)
    {
        foreach (var loss in new[] { 0.01, 0.7, 30 })
        {
            var balancer = Balancers.Create(BalancingCase.Setup(options.Replace("decay", "equal", StringComparison.Ordinal).Replace(", factors: {task 0: 0.9}", "", StringComparison.Ordinal), 1));
            for (var step = 0; step < 3; step++) Assert.Equal([1], ((IWeightBalancer)balancer).Weigh([loss], step));
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void Each_learns_every_task_of_a_small_network(string options)
    {
        // max learns one task a step, and the Nash step has the same length to the end: 0.7 is what the slowest of them reach with room to spare
        var balancer = Balancers.Create(BalancingCase.Setup(options, 3, type: _ => TaskType.Regression));
        var network = new TinyNetwork(3, seed: 5);
        var (first, last) = (new double[3], new double[3]);
        for (var step = 0; step < 1500; step++)
        {
            var losses = network.Learn(balancer, step, epoch: 1 + step / 300, rate: 0.03);
            if (step % 300 == 299) balancer.EndEpoch(1 + step / 300, losses);
            for (var t = 0; t < 3; t++)
            {
                if (step < 50) first[t] += losses[t] / 50;
                if (step >= 1450) last[t] += losses[t] / 50;
            }
        }

        for (var t = 0; t < 3; t++) Assert.True(last[t] < 0.7 * first[t], $"{options}: task {t} went from {first[t]} to {last[t]}");
    }

    [Theory, MemberData(nameof(Every))]
    public void Restored_from_its_state_each_goes_on_bit_for_bit(string options)
    {
        var setup = BalancingCase.Setup(options, 3, seed: 9);
        var balancer = Balancers.Create(setup);
        var network = new TinyNetwork(3, seed: 2);
        void Go(IBalancer with, TinyNetwork on, int from, int to)
        {
            for (var step = from; step < to; step++)
            {
                var losses = on.Learn(with, step, epoch: 1 + step / 10, rate: 0.02);
                if (step % 10 == 9) with.EndEpoch(1 + step / 10, losses);
            }
        }

        Go(balancer, network, 0, 30);
        var state = JsonSerializer.Deserialize<double[]>(JsonSerializer.Serialize(balancer.State, BundleJson.Options), BundleJson.Options)!;
        var copy = network.Copy();
        var restored = Balancers.Create(setup);
        if (state.Length > 0) restored.State = state;
        Go(balancer, network, 30, 60);
        Go(restored, copy, 30, 60);
        Assert.Equal(network.Weights, copy.Weights);
        Assert.Equal(balancer.State, restored.State);
    }

    [Theory, MemberData(nameof(Every))]
    public void A_task_without_a_row_in_the_batch_disturbs_nothing(string options)
    {
        var balancer = Balancers.Create(BalancingCase.Setup(options, 3));
        double[][] rows = [[1, 2, 0.5], [0, 0, 0], [-2, 1, 1]];
        for (var step = 0; step < 6; step++)
        {
            double[] weights;
            if (balancer is IGradientBalancer ofGradients)
            {
                (weights, var direction) = ofGradients.Balance(rows, [0.5, double.NaN, 2], step);
                Assert.All(direction, d => Assert.True(double.IsFinite(d)));
            }
            else
            {
                weights = ((IWeightBalancer)balancer).Weigh([0.5, double.NaN, 2], step, epoch: 1 + step / 2);
                ((IWeightBalancer)balancer).AfterStep(BalancingCase.Step([0.5, double.NaN, 2], step), [0.4, 0, 1.9]);
                if (step % 2 == 1) balancer.EndEpoch(1 + step / 2, [0.5, double.NaN, 2]);
            }

            Assert.All(weights, w => Assert.True(double.IsFinite(w), $"{options}: {string.Join(' ', weights)}"));
            Assert.All(balancer.State.Where((_, i) => options is not ("gradnorm" or "soft_max" or "dwa")), s => Assert.True(double.IsFinite(s)));
            Assert.True(weights[0] != 0 || weights[2] != 0);
        }
    }

    internal static string Line(string name) => name switch
    {
        "decay" => "{method: decay, factors: {task 0: 0.9}}",
        "searched" => "{method: searched, weights: {task 0: 2}}",
        _ => name,
    };
}
