using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>
/// Weights and directions for two fixed sets of gradients, computed by independent programs; those of the first set are TorchJD's own unit tests.
/// </summary>
public sealed class GoldenVectorTests
{
    private static readonly double[][] s_two = [[-4, 1, 1], [6, 1, 1]];
    private static readonly double[][] s_three = [[1, 2, 0, -1], [-2, 1, 1, .5], [.5, -1, 3, 1]];

    [Theory]
    [InlineData("{method: cagrad, c: 0}", new[] { .5, .5 }, new[] { 1.0, 1, 1 })]
    [InlineData("mgda", new[] { .6, .4 }, new[] { 0.0, 1, 1 })]
    [InlineData("pcgrad", new[] { 2.22222, 1.57895 }, new[] { .58480, 3.80117, 3.80117 })]
    [InlineData("imtl_g", new[] { .59233, .40767 }, new[] { .07670, 1, 1 })]
    [InlineData("{method: cagrad, c: 0.5, rescale: none}", new[] { .70412, .5 }, new[] { .18350, 1.20412, 1.20412 })]
    [InlineData("{method: cagrad, c: 0.5}", new[] { .56330, .4 }, new[] { .14680, .96330, .96330 })]
    [InlineData("cagrad", new[] { .57181, .43103 }, new[] { .29897, 1.00284, 1.00284 })]
    [InlineData("aligned_mtl", new[] { .55907, .40826 }, new[] { .21328, .96733, .96733 })]
    [InlineData("{method: nash_mtl, max_norm: 0}", new[] { .59146, .40707 }, new[] { .07658, .99853, .99853 })]
    [InlineData("upgrad", new[] { 1.11092, .78943 }, new[] { .29290, 1.90035, 1.90035 })]
    public void Two_tasks(string options, double[] weights, double[] direction) => Check(options, s_two, weights, direction);

    [Theory]
    [InlineData("mgda", new[] { .45953, .30003, .24043 }, new[] { -.02032, .97867, 1.02133, -.06908 })]
    [InlineData("imtl_g", new[] { .44705, .26610, .28686 }, new[] { .05828, .87333, 1.12667, -.02714 })]
    [InlineData("{method: nash_mtl, max_norm: 0}", new[] { .50155, .38094, .33001 }, new[] { -.09532, 1.05403, 1.37098, .01893 })]
    [InlineData("{method: cagrad, c: 0.5, rescale: none}", new[] { .63668, .41557, .33333 }, new[] { -.02779, 1.35560, 1.41557, -.09556 })]
    [InlineData("aligned_mtl", new[] { .36348, .28579, .25024 }, new[] { -.08298, .76251, 1.03650, .02965 })]
    [InlineData("{method: upgrad, ridge: 0}", new[] { .5, .34252, .40618 }, new[] { .01806, .93633, 1.56107, .07744 })]
    public void Three_tasks(string options, double[] weights, double[] direction) => Check(options, s_three, weights, direction);

    [Fact]
    public void Surgery_in_a_fixed_order()
    {
        var gram = new double[3, 3];
        new RowGradientsOfTasks(s_three).Gram(gram);
        var weights = PcgradBalancer.Weights(gram, _ => [0, 1, 2]);
        Near([1.5, 1.08, 1.21156], weights);
        var reference = new RowGradientsOfTasks(s_three);
        reference.Combine(weights, [1, 1, 1]);
        Near([-.05422, 2.86844, 4.71467, .25156], reference.Combined);
    }

    [Fact]
    public void One_step_of_gradient_vaccine()
    {
        double[][] rows = [[1, 2, 0, -1], [-2, 1, 1, .5]];
        var gram = new double[2, 2];
        new RowGradientsOfTasks(rows).Gram(gram);
        double[] usual = [0, .3], sum = [0, 0];
        GradvacBalancer.Vaccinate(gram, 0, [0, 1], usual, beta: 1, sum);
        Assert.Equal(-.0816497, usual[1], 7);
        double[] turned = [.. rows[0].Select((g, i) => sum[0] * g + sum[1] * rows[1][i])];
        double[] expected = [.2257945, 2.3871027, .3871027, -.8064486];
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], turned[i], 7);
        double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
        Assert.Equal(.3, Dot(turned, rows[1]) / Math.Sqrt(Dot(turned, turned) * Dot(rows[1], rows[1])), 12);
    }

    [Fact]
    public void Targets_and_slopes_of_gradient_normalization()
    {
        double[] losses = [.5, 1.6], first = [1, 2], norms = [2, 1], weights = [1, 1];
        double[] ratios = [losses[0] / first[0], losses[1] / first[1]];
        var targets = GradnormBalancer.Targets(ratios, norms, weights, alpha: 1.5);
        Near([1.01199, 2.04812], targets);
        Assert.Equal([2, -1], norms.Select((n, t) => GradnormBalancer.Slope(n, weights[t], targets[t])));
        Assert.Equal(2.03613, norms.Select((n, t) => Math.Abs(weights[t] * n - targets[t])).Sum(), 5);
    }

    private static void Check(string options, double[][] rows, double[] weights, double[] direction)
    {
        var (found, combined) = BalancingCase.Gradients(options, rows.Length).Balance(rows);
        Near(weights, found);
        Near(direction, combined);
    }

    // as many digits as were printed
    private static void Near(double[] expected, double[] found)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 5.1e-6);
    }
}
