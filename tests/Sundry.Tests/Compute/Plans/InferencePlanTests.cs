using Sundry.Compute;

namespace Sundry.Tests;

public sealed class InferencePlanTests
{
    [Fact]
    public void Noise_is_off_and_batch_norm_runs_by_its_running_statistics()
    {
        var graph = new Graph();
        var x = graph.Input("x", 5);
        var y = x.Linear("l", 7).BatchNorm("n").Tanh().Dropout(0.5).Linear("m", 2);
        var share = graph.Input("share", 2);
        _ = new WeightedSum("sum", y, share);
        using var store = new ParameterStore(graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), 16, 2, 1, seed: 1);
        var random = new Random(1);
        for (var step = 0; step < 10; step++)
        {
            foreach (ref var value in plan.Input(x)) value = 3 * random.NextSingle();
            foreach (ref var value in plan.Input(share)) value = random.NextSingle() - 0.5f;
            plan.Forward(16);
            plan.Backward([1]);
            plan.Update(0.01);
        }

        using var inference = new InferencePlan(store, 16);
        float[] rows = [.. Enumerable.Range(0, 80).Select(_ => random.NextSingle())];
        rows.CopyTo(inference.Input(x));
        inference.Run(16);
        var found = new float[32];
        inference.Copy(y, found);
        float[] W(string name) => store.Values(graph.Parameters.Single(p => p.Name == name)).ToArray();
        float[] w = W("l/weight"), b = W("l/bias"), scale = W("n/scale"), shift = W("n/shift"), mean = W("n/mean"), variance = W("n/variance"), m = W("m/weight"), c = W("m/bias");
        Assert.All(mean, value => Assert.NotEqual(0, value));
        var expected = new double[32];
        for (var r = 0; r < 16; r++)
            for (var o = 0; o < 2; o++)
            {
                double sum = c[o];
                for (var h = 0; h < 7; h++)
                {
                    double v = b[h];
                    for (var i = 0; i < 5; i++) v += (double)rows[r * 5 + i] * w[i * 7 + h];
                    sum += Math.Tanh((v - mean[h]) / Math.Sqrt(variance[h] + 1e-5) * scale[h] + shift[h]) * m[h * 2 + o];
                }

                expected[r * 2 + o] = sum;
            }

        Check.Near("y", expected, found, 2e-6);
    }

    [Fact]
    public void Without_noise_it_gives_what_training_gives()
    {
        var net = new EverythingNet(noise: false);
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, 2, 1, seed: 5);
        using var inference = new InferencePlan(store, EverythingNet.Capacity, 2);
        for (var step = 0; step < 3; step++)
        {
            // each step packs the weights anew: a plan that kept its own would give the first step's
            net.Step(plan, EverythingNet.Draw(step, 40));
            var rows = EverythingNet.Draw(100 + step, 33);
            net.Set(plan, rows);
            plan.Forward(33);
            net.Set(inference, rows);
            inference.Run(33);
            foreach (var loss in net.Graph.Losses)
            {
                var (expected, found) = (new float[33 * loss.Prediction.Width], new float[33 * loss.Prediction.Width]);
                plan.CopyValue(loss.Prediction, expected);
                inference.Copy(loss.Prediction, found);
                Check.Exact(loss.Name, expected, found);
            }
        }
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 40)]
    [InlineData(3, 200)]
    [InlineData(5, 41)]
    public void Neither_threads_nor_neighbours_change_a_row(int threads, int capacity)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        var rows = EverythingNet.Draw(1, 40);
        using var one = new InferencePlan(store, 1);
        using var many = new InferencePlan(store, capacity, threads);
        net.Set(many, rows);
        many.Run(40);
        foreach (var loss in net.Graph.Losses)
        {
            var width = loss.Prediction.Width;
            var (all, single) = (new float[40 * width], new float[width]);
            many.Copy(loss.Prediction, all);
            for (var r = 0; r < 40; r++)
            {
                var (from, to) = (rows.Offsets[r], rows.Offsets[r + 1]);
                net.Set(one, rows with
                {
                    Count = 1,
                    Ids = rows.Ids[(3 * r)..(3 * r + 3)],
                    Numbers = rows.Numbers[(4 * r)..(4 * r + 4)],
                    Offsets = [0, to - from],
                    BagIds = rows.BagIds[from..to],
                });
                one.Run(1);
                one.Copy(loss.Prediction, single);
                Check.Near($"{loss.Name} of row {r}", [.. single.Select(v => (double)v)], all.AsSpan(r * width, width), 1e-6);
            }
        }
    }

    [Fact]
    public void Moments_beside_the_values_do_not_matter()
    {
        var net = new EverythingNet();
        using var plain = new ParameterStore(net.Graph, 3);
        using var trained = new ParameterStore(net.Graph, 3, 2);
        var rows = EverythingNet.Draw(1, 40);
        var found = new List<float[]>();
        foreach (var store in (ParameterStore[])[plain, trained])
        {
            using var plan = new InferencePlan(store, 40);
            net.Set(plan, rows);
            plan.Run(40);
            var values = new float[120];
            plan.Copy(net.Kind.Prediction, values);
            found.Add(values);
        }

        Check.Exact("kind", found[0], found[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_twin_follows_the_weights_and_outlives_the_first(int threads)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var training = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, 2, 1, seed: 5);
        var first = new InferencePlan(store, 40, threads, [net.Kind.Prediction]);
        using var twin = first.Twin();
        using var third = twin.Twin();
        for (var step = 0; step < 3; step++)
        {
            net.Step(training, EverythingNet.Draw(step, 40));
            using var fresh = new InferencePlan(store, 40, threads, [net.Kind.Prediction]);
            var (one, other) = (EverythingNet.Draw(50 + step, 40), EverythingNet.Draw(60 + step, 40));
            net.Set(twin, one);
            net.Set(third, other);
            twin.Run(40);
            third.Run(40);
            Check.Exact("twin", Of(fresh, one), Found(twin));
            Check.Exact("third", Of(fresh, other), Found(third));
            if (step < 2) Check.Exact("first", Of(fresh, one), Of(first, one));
            if (step == 1) first.Dispose();
        }

        Assert.Throws<ObjectDisposedException>(() => first.Run(40));

        float[] Of(InferencePlan plan, EverythingNet.Rows rows)
        {
            net.Set(plan, rows);
            plan.Run(40);
            return Found(plan);
        }

        float[] Found(InferencePlan plan)
        {
            var values = new float[40 * net.Kind.Prediction.Width];
            plan.Copy(net.Kind.Prediction, values);
            return values;
        }
    }
}
