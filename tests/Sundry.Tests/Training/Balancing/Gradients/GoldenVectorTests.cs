using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>
/// Weights and directions for two fixed sets of gradients, computed to 14 digits by another program, Golden/exact.py; to five digits those of the first set are TorchJD's own unit tests.
/// </summary>
public sealed class GoldenVectorTests
{
    private static readonly double[][] s_two = [[-4, 1, 1], [6, 1, 1]];
    private static readonly double[][] s_three = [[1, 2, 0, -1], [-2, 1, 1, .5], [.5, -1, 3, 1]];

    [Theory]
    [InlineData("{method: cagrad, c: 0}", new[] { .5, .5 }, new[] { 1.0, 1, 1 })]
    [InlineData("mgda", new[] { .6, .4 }, new[] { 0.0, 1, 1 })]
    [InlineData("pcgrad", new[] { 2.2222222222222, 1.5789473684211 }, new[] { .58479532163743, 3.8011695906433, 3.8011695906433 })]
    [InlineData("imtl_g", new[] { .5923303169378, .4076696830622 }, new[] { .076696830622021, 1, 1 })]
    [InlineData("{method: cagrad, c: 0.5, rescale: none}", new[] { .70412414523193, .5 }, new[] { .18350341907227, 1.2041241452319, 1.2041241452319 })]
    [InlineData("{method: cagrad, c: 0.5}", new[] { .56329931618555, .4 }, new[] { .14680273525782, .96329931618555, .96329931618555 })]
    [InlineData("cagrad", new[] { .57180975533237, .43103448275862 }, new[] { .29896787522226, 1.002844238091, 1.002844238091 })]
    [InlineData("aligned_mtl", new[] { .55907191565656, .40826106809915 }, new[] { .21327874596867, .96733298375571, .96733298375571 })]
    [InlineData("{method: nash_mtl, max_norm: 0}", new[] { .59146115222937, .40707148288389 }, new[] { .076584288385841, .99853263511325, .99853263511325 })]
    [InlineData("upgrad", new[] { 1.1109210467854, .78943103121645 }, new[] { .29290200015694, 1.9003520780019, 1.9003520780019 })]
    public void Two_tasks(string options, double[] weights, double[] direction) => Check(options, s_two, weights, direction);

    [Theory]
    [InlineData("mgda", new[] { .4595326786319, .30003386386725, .24043345750085 }, new[] { -.020318320352184, .97866576363021, 1.0213342363698, -.069082289197426 })]
    [InlineData("imtl_g", new[] { .44704611124771, .26609565646432, .28685823228797 }, new[] { .058283914463051, .87332964667177, 1.1266703533282, -.027140050727581 })]
    [InlineData("{method: nash_mtl, max_norm: 0}", new[] { .501552186042, .38093741617573, .33001357509175 }, new[] { -.09531585876358, 1.054028213168, 1.370978141451, .018930097137615 })]
    [InlineData("{method: cagrad, c: 0.5, rescale: none}", new[] { .63668204234863, .41557036176781, .33333333333333 }, new[] { -.027792014520332, 1.3556011131317, 1.4155703617678, -.095563528131386 })]
    [InlineData("aligned_mtl", new[] { .36347938363367, .28579121860841, .25023735872541 }, new[] { -.082984374220436, .76251262715035, 1.0365032947846, .029653584395937 })]
    [InlineData("{method: upgrad, ridge: 0}", new[] { .5, .3425160697888, .40618304254668 }, new[] { .018059381695745, .93633302724212, 1.5610651974288, .077441077441077 })]
    public void Three_tasks(string options, double[] weights, double[] direction) => Check(options, s_three, weights, direction);

    [Fact]
    public void Surgery_in_a_fixed_order()
    {
        var gram = new double[3, 3];
        new RowGradientsOfTasks(s_three).Gram(gram);
        var weights = PcgradBalancer.Weights(gram, _ => [0, 1, 2]);
        Near([1.5, 1.08, 1.2115555555556], weights);
        var reference = new RowGradientsOfTasks(s_three);
        reference.Combine(weights, [1, 1, 1]);
        Near([-.054222222222222, 2.8684444444444, 4.7146666666667, .25155555555556], reference.Combined);
    }

    [Fact]
    public void One_step_of_gradient_vaccine()
    {
        double[][] rows = [[1, 2, 0, -1], [-2, 1, 1, .5]];
        var gram = new double[2, 2];
        new RowGradientsOfTasks(rows).Gram(gram);
        double[] usual = [0, .3], sum = [0, 0];
        GradvacBalancer.Vaccinate(gram, 0, [0, 1], usual, beta: 1, sum);
        Assert.Equal(-.081649658092773, usual[1], 1e-10);
        double[] turned = [.. rows[0].Select((g, i) => sum[0] * g + sum[1] * rows[1][i])];
        Near([.22579453629233, 2.3871027318538, .38710273185383, -.80644863407308], turned);
        double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
        Assert.Equal(.3, Dot(turned, rows[1]) / Math.Sqrt(Dot(turned, turned) * Dot(rows[1], rows[1])), 12);
    }

    [Fact]
    public void Targets_and_slopes_of_gradient_normalization()
    {
        double[] losses = [.5, 1.6], first = [1, 2], norms = [2, 1], weights = [1, 1];
        double[] ratios = [losses[0] / first[0], losses[1] / first[1]];
        var targets = GradnormBalancer.Targets(ratios, norms, weights, alpha: 1.5);
        Near([1.0119900222773, 2.048123801447], targets);
        Assert.Equal([2, -1], norms.Select((n, t) => GradnormBalancer.Slope(n, weights[t], targets[t])));
        Assert.Equal(2.0361337791697, norms.Select((n, t) => Math.Abs(weights[t] * n - targets[t])).Sum(), 1e-10);
    }

    private static void Check(string options, double[][] rows, double[] weights, double[] direction)
    {
        var (found, combined) = BalancingCase.Gradients(options, rows.Length).Balance(rows);
        Near(weights, found);
        Near(direction, combined);
    }

    private static void Near(double[] expected, double[] found)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-10);
    }
}
