using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>The balancers that a Gram matrix over all parameters is not enough for.</summary>
public sealed class ElementwiseBalancerTests
{
    [Fact]
    public void Sign_dropout_keeps_one_sign_of_a_coordinate_as_often_as_it_should()
    {
        // coordinate 0 agrees; in 1 the positive share is ½ (1 + 2 / 4) = ¾; 2 cancels; 3 has one task alone
        double[][] rows = [[1, 3, 2, 0], [2, -1, -2, -5]];
        var balancer = BalancingCase.Gradients("graddrop", 2);
        int positive = 0, even = 0;
        const int steps = 4000;
        for (var step = 0; step < steps; step++)
        {
            var d = balancer.Balance(rows, step: step).Direction;
            Assert.Equal(3, d[0]);
            Assert.Contains(d[1], new double[] { 3, -1 });
            Assert.Contains(d[2], new double[] { 2, -2 });
            Assert.Equal(-5, d[3]);
            if (d[1] > 0) positive++;
            if (d[2] > 0) even++;
        }

        Assert.InRange(positive, 0.72 * steps, 0.78 * steps);
        Assert.InRange(even, 0.47 * steps, 0.53 * steps);
    }

    [Fact]
    public void Sign_dropout_depends_on_the_coordinate_and_not_on_the_chunk()
    {
        var random = new Random(3);
        double[][] rows = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 40).Select(_ => random.NextDouble() - 0.5).ToArray())];
        double[] Direction(int chunk, long step)
        {
            var gradients = new RowGradientsOfTasks(rows, chunk: chunk);
            BalancingCase.Gradients("graddrop", 3, seed: 8).Balance(BalancingCase.Step([1, 1, 1], step), gradients, new double[3]);
            return gradients.Combined;
        }

        Assert.Equal(Direction(40, 5), Direction(7, 5));
        Assert.NotEqual(Direction(40, 5), Direction(40, 6));
    }

    [Fact]
    public void The_share_of_coordinates_that_was_kept_is_on_record()
    {
        var (weights, _) = BalancingCase.Gradients("graddrop", 2).Balance([[1, 1, 0, 0], [2, 2, 2, 0]]);
        Assert.Equal([1, 1], weights);
    }

    [Fact]
    public void Metabalance_brings_each_tensor_to_the_main_tasks_size()
    {
        // two tensors; norms of the first task 5 and 1, of the second 0.5 and 2
        double[][] rows = [[3, 4, 1], [0.3, 0.4, -2]];
        var balancer = BalancingCase.Gradients("{method: metabalance, relax: 1, main: task 0}", 2);
        var gradients = new RowGradientsOfTasks(rows, [2, 3]);
        balancer.Balance(BalancingCase.Step([1, 1]), gradients, new double[2]);
        // running means are a tenth of the norms, the ratios those of the norms but for 1e-5
        var (first, second) = (0.5 / (0.05 + 1e-5), 0.1 / (0.2 + 1e-5));
        Assert.Equal(3 + 0.3 * first, gradients.Combined[0], 9);
        Assert.Equal(4 + 0.4 * first, gradients.Combined[1], 9);
        Assert.Equal(1 - 2 * second, gradients.Combined[2], 9);
        Assert.Equal([1, 1], gradients.Own);
        Assert.Equal([0.5, 0.05, 0.1, 0.2], balancer.State.Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void Metabalance_that_relaxes_wholly_is_the_sum()
    {
        double[][] rows = [[3, 4, 1], [0.3, 0.4, -2]];
        var (_, d) = BalancingCase.Gradients("{method: metabalance, relax: 0}", 2).Balance(rows);
        for (var i = 0; i < 3; i++) Assert.Equal(rows[0][i] + rows[1][i], d[i], 12);
    }

    [Fact]
    public void The_main_task_can_be_another()
    {
        double[][] rows = [[8, 0], [0, 1]];
        var (weights, _) = BalancingCase.Gradients("{method: metabalance, relax: 1, main: task 1}", 2).Balance(rows);
        Assert.Equal(0.125, weights[0], 3);
        Assert.Equal(1, weights[1]);
        Assert.Contains("'elsewhere'", Assert.Throws<Data.InputException>(() => new MetabalanceBalancer(BalancingCase.Setup("{method: metabalance, main: elsewhere}", 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Vaccine_works_in_each_tensor_by_itself()
    {
        // in the first tensor the tasks agree, in the second they conflict and are turned to a cosine of 0
        double[][] rows = [[1, 0, 1, 0], [1, 0, -1, 1]];
        var gradients = new RowGradientsOfTasks(rows, [2, 4]);
        var weights = new double[2];
        BalancingCase.Gradients("gradvac", 2).Balance(BalancingCase.Step([1, 1]), gradients, weights);
        Assert.Equal([2, 0], gradients.Combined[..2]);
        // u1 = (1, 0) + ½ (-1, 1), u2 = (-1, 1) + (1, 0)
        Assert.Equal(0.5, gradients.Combined[2], 12);
        Assert.Equal(1.5, gradients.Combined[3], 12);
    }

    [Fact]
    public void Gradient_normalization_moves_weights_towards_its_targets()
    {
        var balancer = BalancingCase.Gradients("gradnorm", 2);
        // the first step sets the first losses; both tasks then have the ratio 1, and the norms 2 and 1 differ
        var (weights, d) = balancer.Balance([[2, 0], [0, 1]], [1, 2]);
        Assert.Equal([1, 1], weights);
        Assert.Equal([2, 1], d);
        var next = balancer.Balance([[2, 0], [0, 1]], [1, 2], step: 1).Weights;
        Assert.Equal(0.975, next[0], 6);
        Assert.Equal(1.025, next[1], 6);
        for (var step = 2; step < 200; step++) next = balancer.Balance([[2, 0], [0, 1]], [1, 2], step: step).Weights;
        Assert.Equal(2, next.Sum(), 9);
        Assert.InRange(next[1] / next[0], 1.8, 2.2);
    }

    [Fact]
    public void Gradient_normalization_favours_the_task_that_learns_slowly()
    {
        var balancer = BalancingCase.Gradients("{method: gradnorm, alpha: 1}", 2);
        balancer.Balance([[1, 0], [0, 1]], [1, 1]);
        double[] weights = [];
        for (var step = 1; step < 200; step++) weights = balancer.Balance([[1, 0], [0, 1]], [0.25, 0.5], step: step).Weights;
        Assert.InRange(weights[1] / weights[0], 1.8, 2.2);
    }
}
