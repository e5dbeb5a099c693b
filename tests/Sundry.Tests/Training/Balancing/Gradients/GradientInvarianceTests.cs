using Sundry.Data;

namespace Sundry.Tests.Training;

/// <summary>What must hold for any gradients: random ones of many shapes and scales, dependent ones, ones that cancel, ones that are 0.</summary>
public sealed class GradientInvarianceTests
{
    private static readonly string[] s_gram = ["mgda", "{method: mgda, normalize: norm}", "pcgrad", "gradvac", "cagrad", "{method: cagrad, c: 0.9}", "imtl_g", "nash_mtl", "aligned_mtl", "upgrad", "dualproj", "config", "db_mtl"];

    [Fact]
    public void Mgda_finds_the_shortest_step_that_harms_no_task()
    {
        foreach (var (rows, size) in Cases(spread: true))
        {
            var (w, d) = BalancingCase.Gradients("mgda", rows.Length).Balance(rows);
            Assert.Equal(1, w.Sum(), 9);
            Assert.All(w, x => Assert.True(x >= 0));
            foreach (var row in rows) Assert.True(Dot(d, row) >= Dot(d, d) - 1e-9 * size * size, $"{Dot(d, row)} {Dot(d, d)}");
        }
    }

    [Fact]
    public void Mgda_of_two_tasks_is_its_closed_form()
    {
        foreach (var (rows, _) in Cases(tasks: 2))
        {
            var (g, h) = (rows[0], rows[1]);
            var apart = g.Zip(h, (a, b) => (a - b) * (a - b)).Sum();
            var share = Math.Clamp((Dot(h, h) - Dot(g, h)) / apart, 0, 1);
            Assert.Equal(share, BalancingCase.Gradients("mgda", 2).Balance(rows).Weights[0], 1e-8);
        }
    }

    [Theory]
    [InlineData("norm")]
    [InlineData("loss")]
    [InlineData("loss_norm")]
    public void Mgda_of_divided_gradients_harms_no_task_either(string normalize)
    {
        foreach (var (rows, size) in Cases())
        {
            double[] losses = [.. rows.Select((_, t) => 0.1 + t)];
            var (w, d) = BalancingCase.Gradients($"{{method: mgda, normalize: {normalize}}}", rows.Length).Balance(rows, losses);
            Assert.Equal(1, w.Sum(), 9);
            foreach (var row in rows) Assert.True(Dot(d, row) >= -1e-9 * size * size);
        }
    }

    [Fact]
    public void Cagrad_improves_the_worst_task_more_than_any_other_step_of_its_ball()
    {
        foreach (var (rows, size) in Cases())
        {
            var mean = Mean(rows);
            var (_, d) = BalancingCase.Gradients("{method: cagrad, c: 0.5, rescale: none}", rows.Length).Balance(rows);
            var radius = 0.5 * Math.Sqrt(Dot(mean, mean));
            Assert.True(Math.Sqrt(d.Zip(mean, (a, b) => (a - b) * (a - b)).Sum()) <= radius * (1 + 1e-7));
            var worst = rows.Min(r => Dot(r, d));
            var random = new Random(rows.Length);
            for (var trial = 0; trial < 200; trial++)
            {
                double[] aside = [.. d.Select(_ => random.NextDouble() - 0.5)];
                // some of the rivals lie close by, where a solver that stops early would be found out
                double[] other = trial % 2 == 0 ? [.. mean.Zip(aside, (m, a) => m + radius * a / Math.Sqrt(Dot(aside, aside)))] : InBall([.. d.Zip(aside, (x, a) => x + 1e-3 * radius * a)], mean, radius);
                Assert.True(rows.Min(r => Dot(r, other)) <= worst + 1e-7 * size * size);
            }
        }
    }

    [Fact]
    public void Cagrad_without_room_is_the_mean()
    {
        foreach (var (rows, _) in Cases())
            Assert.All(BalancingCase.Gradients("{method: cagrad, c: 0}", rows.Length).Balance(rows).Weights, w => Assert.Equal(1.0 / rows.Length, w, 15));
    }

    [Fact]
    public void Impartial_steps_project_equally_onto_every_task()
    {
        foreach (var (rows, _) in Cases(spread: true))
        {
            var (w, d) = BalancingCase.Gradients("imtl_g", rows.Length).Balance(rows);
            Assert.Equal(1, Math.Abs(w.Sum()), 9);
            Assert.All(rows, r => Assert.True(Dot(d, r) > 0));
            double[] along = [.. rows.Select(r => Dot(d, r) / Math.Sqrt(Dot(r, r)))];
            Assert.All(along, a => Assert.Equal(1, a / along[0], 1e-6));
        }
    }

    [Fact]
    public void Nash_weights_bargain_to_one_whatever_the_scales()
    {
        foreach (var (rows, _) in Cases(spread: true))
        {
            var (w, d) = BalancingCase.Gradients("{method: nash_mtl, max_norm: 0}", rows.Length).Balance(rows);
            for (var t = 0; t < rows.Length; t++) Assert.Equal(1, w[t] * Dot(rows[t], d), 1e-8);
            var clipped = BalancingCase.Gradients("nash_mtl", rows.Length).Balance(rows).Direction;
            Assert.Equal(1, Math.Sqrt(Dot(clipped, clipped)), 9);
        }
    }

    [Theory]
    [InlineData("{method: nash_mtl, max_norm: 0}", true, true)]
    [InlineData("imtl_g", true, false)]
    [InlineData("mgda", false, false)]
    [InlineData("pcgrad", false, false)]
    public void Scaling_one_loss_changes_what_it_should(string options, bool sameDirection, bool sameLength)
    {
        var changed = 0;
        foreach (var (rows, _) in Cases())
        {
            double[][] scaled = [.. rows.Select((r, t) => t == 0 ? r.Select(x => 7 * x).ToArray() : r)];
            var before = BalancingCase.Gradients(options, rows.Length).Balance(rows).Direction;
            var after = BalancingCase.Gradients(options, rows.Length).Balance(scaled).Direction;
            var cosine = Dot(before, after) / Math.Sqrt(Dot(before, before) * Dot(after, after));
            if (sameDirection) Assert.Equal(1, cosine, 1e-8);
            else if (cosine < 1 - 1e-7) changed++;
            if (sameLength) Assert.Equal(1, Dot(after, after) / Dot(before, before), 1e-8);
        }

        // the shortest combination may leave the scaled task out
        if (!sameDirection) Assert.True(changed > 40, $"{changed} of 60");
    }

    [Theory]
    [InlineData("upgrad")]
    [InlineData("dualproj")]
    public void Projections_onto_the_cone_harm_no_task(string method)
    {
        foreach (var (rows, size) in Cases())
        {
            var (_, d) = BalancingCase.Gradients($"{{method: {method}, ridge: 0}}", rows.Length).Balance(rows);
            foreach (var row in rows) Assert.True(Dot(d, row) >= -1e-9 * size * size, $"{Dot(d, row)}");
        }
    }

    [Theory]
    [InlineData("upgrad", 1)]
    [InlineData("dualproj", 1)]
    [InlineData("pcgrad", 0)]
    public void Without_conflict_nothing_is_projected(string method, double mean)
    {
        foreach (var (rows, _) in Cases())
        {
            double[][] positive = [.. rows.Select(r => r.Select(Math.Abs).ToArray())];
            var (w, _) = BalancingCase.Gradients(method, rows.Length).Balance(positive);
            Assert.All(w, x => Assert.Equal(mean == 1 ? 1.0 / rows.Length : 1, x, 9));
        }
    }

    [Fact]
    public void Aligned_gradients_are_orthogonal_and_of_one_length()
    {
        foreach (var (rows, _) in Cases())
        {
            // with the whole preference on one task the step is that task's aligned gradient
            double[][] aligned = [.. rows.Select((_, t) => BalancingCase.Gradients("aligned_mtl", rows.Length, weights: [.. rows.Select((_, s) => s == t ? 1.0 : 0)]).Balance(rows).Direction)];
            for (var t = 0; t < rows.Length; t++)
                for (var s = 0; s < rows.Length; s++)
                    Assert.Equal(t == s ? 1 : 0, Dot(aligned[t], aligned[s]) / Dot(aligned[0], aligned[0]), 1e-7);
        }
    }

    [Fact]
    public void The_scales_of_aligned_gradients_are_in_order()
    {
        foreach (var (rows, _) in Cases())
        {
            double[] lengths = [.. new[] { "min", "median", "mean" }.Select(s => BalancingCase.Gradients($"{{method: aligned_mtl, scale: {s}}}", rows.Length).Balance(rows).Direction).Select(d => Dot(d, d))];
            Assert.True(lengths[0] <= lengths[1] * (1 + 1e-12) && lengths[0] <= lengths[2] * (1 + 1e-12));
        }
    }

    [Fact]
    public void The_conflict_free_direction_has_one_cosine_with_all()
    {
        foreach (var (rows, _) in Cases(spread: true))
        {
            var (_, d) = BalancingCase.Gradients("config", rows.Length).Balance(rows);
            double[] cosines = [.. rows.Select(r => Dot(d, r) / Math.Sqrt(Dot(r, r) * Dot(d, d)))];
            Assert.All(cosines, c => Assert.Equal(1, c / cosines[0], 1e-6));
            Assert.Equal(1, rows.Sum(r => Dot(d, r)) / Dot(d, d), 1e-8);
        }
    }

    [Fact]
    public void Dual_balancing_gives_every_task_the_length_of_the_longest_log_gradient()
    {
        double[][] rows = [[3, 4], [0, 1]];
        var balancer = BalancingCase.Gradients("db_mtl", 2);
        var gradients = new RowGradientsOfTasks(rows);
        var weights = new double[2];
        balancer.Balance(BalancingCase.Step([0.5, 0.01]), gradients, weights);
        // log gradients are 10 and 100 long
        Assert.Equal(20, weights[0], 1e-4);
        Assert.Equal(100, weights[1], 1e-3);
        Assert.Equal(2, gradients.Own[0], 1e-6);
        Assert.Equal(100, gradients.Own[1], 1e-3);
    }

    [Fact]
    public void Gradients_that_depend_cancel_or_vanish_give_finite_weights()
    {
        double[][][] cases =
        [
            [[1, 2], [1, 2], [1, 2]],
            [[1, 2], [-1, -2]],
            [[1, 0], [-1, 0], [0, 0]],
            [[1, 1], [-2, -2], [3, 3], [-4, -4]],
            [[0, 0], [0, 0]],
            [[1e-20, 0], [0, 1e20]],
            [[1e-30, 1e-30], [1e-30, -2e-30]],
            [[1, 0], [-0.5, 0.8660254], [-0.5, -0.8660254]],
        ];
        foreach (var rows in cases)
        {
            foreach (var options in s_gram)
            {
                var (w, d) = BalancingCase.Gradients(options, rows.Length).Balance(rows);
                Assert.All(w, x => Assert.True(double.IsFinite(x), $"{options}: {string.Join(' ', w)}"));
                Assert.All(d, x => Assert.True(double.IsFinite(x), $"{options}: {string.Join(' ', d)}"));
            }
        }
    }

    [Fact]
    public void A_gradient_that_is_no_number_is_refused_by_name()
    {
        foreach (var options in s_gram.Append("metabalance").Append("gradnorm"))
        {
            double[][] rows = [[1, 2], [double.NaN, 1]];
            var refused = Assert.Throws<InputException>(() => BalancingCase.Gradients(options, 2).Balance(rows, step: 41));
            Assert.Contains("'task 1'", refused.Message, StringComparison.Ordinal);
            Assert.Contains("step 42", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_weight_multiplies_its_loss()
    {
        foreach (var (rows, _) in Cases())
        {
            double[] weights = [.. rows.Select((_, t) => 1.0 + t)];
            double[][] scaled = [.. rows.Select((r, t) => r.Select(x => weights[t] * x).ToArray())];
            foreach (var options in new[] { "mgda", "pcgrad", "cagrad", "gradvac", "metabalance", "graddrop" })
            {
                var plain = BalancingCase.Gradients(options, rows.Length).Balance(scaled).Direction;
                var weighed = BalancingCase.Gradients(options, rows.Length, weights: weights).Balance(rows).Direction;
                for (var i = 0; i < plain.Length; i++) Assert.Equal(plain[i], weighed[i], 1e-5 * (1 + Math.Abs(plain[i])));
            }
        }
    }

    // (rows, largest entry): 2 to 6 tasks in as many dimensions or more; spread multiplies each task by a scale of its own
    private static IEnumerable<(double[][] Rows, double Size)> Cases(int tasks = 0, bool spread = false)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var count = tasks > 0 ? tasks : 2 + seed % 5;
            var width = count + random.Next(8);
            double[][] rows = [.. Enumerable.Range(0, count).Select(_ =>
            {
                var scale = spread ? Math.Pow(10, 3 * random.NextDouble() - 1.5) : 1;
                return Enumerable.Range(0, width).Select(_ => scale * (2 * random.NextDouble() - 1)).ToArray();
            })];
            yield return (rows, rows.Max(r => Math.Sqrt(Dot(r, r))));
        }
    }

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(r => r[i]))];

    private static double[] InBall(double[] point, double[] centre, double radius)
    {
        var distance = Math.Sqrt(point.Zip(centre, (a, b) => (a - b) * (a - b)).Sum());
        return distance <= radius ? point : [.. point.Zip(centre, (a, b) => b + radius * (a - b) / distance)];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
