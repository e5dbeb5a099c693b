using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>The tasks' gradients by themselves, against those of one backward walk after the other.</summary>
public sealed class TaskGradientsTests
{
    private const int Rows = 41;
    private const int Tasks = 3;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void Inner_products_are_those_of_the_tasks_own_walks(int shards, int threads)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, shards, threads, seed: 5);
        var rows = EverythingNet.Draw(4, Rows);
        var single = OneByOne(net, plan, rows);
        using var separate = plan.SeparateTasks(Tasks);
        net.Set(plan, rows);
        plan.Forward(Rows);
        separate.Collect([]);

        var (found, ofTensor, sum) = (new double[Tasks, Tasks], new double[Tasks, Tasks], new double[Tasks, Tasks]);
        separate.Gram(found);
        for (var i = 0; i < separate.Tensors; i++)
        {
            separate.Gram(i, ofTensor);
            for (var t = 0; t < Tasks; t++)
                for (var s = 0; s < Tasks; s++)
                    sum[t, s] += ofTensor[t, s];
        }

        var shared = Enumerable.Range(0, single[0].Length).Where(part => single.Count(task => task[part].Any(g => g != 0)) > 1).ToArray();
        Assert.Equal(shared.Length, separate.Tensors);
        Assert.InRange(shared.Length, 5, single[0].Length - 3);
        for (var t = 0; t < Tasks; t++)
            for (var s = 0; s < Tasks; s++)
            {
                var expected = shared.Sum(part => single[t][part].Zip(single[s][part], (a, b) => (double)a * b).Sum());
                Assert.Equal(expected, found[t, s], 1e-5 * Math.Sqrt(Math.Abs(found[t, t] * found[s, s])));
                Assert.Equal(found[t, s], sum[t, s], 1e-12);
            }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void Rows_of_tables_take_part_of_a_tasks_gradient(int shards, int threads)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, shards, threads, seed: 5);
        var rows = EverythingNet.Draw(4, Rows);
        var single = OneByOne(net, plan, rows);
        double[] parts = [0.25, 0, 1];
        using var separate = plan.SeparateTasks(Tasks, rowScales: parts);
        net.Set(plan, rows);
        plan.Forward(Rows);
        separate.Collect([]);
        separate.Combine([1, 1, 1], [1, 1, 1]);
        plan.Update(0);
        var combined = Gradients(net, plan);
        var dense = combined.Length - net.Graph.Tables.Count;
        for (var part = 0; part < combined.Length; part++)
        {
            double[] expected = [.. Enumerable.Range(0, combined[part].Length).Select(i => Enumerable.Range(0, Tasks).Sum(t => (part < dense ? 1 : parts[t]) * single[t][part][i]))];
            Check.Near($"tensor {part}", expected, combined[part], 1e-6);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    public void Combined_by_weights_they_are_the_gradient_of_the_weighted_sum(int shards, int threads)
    {
        var net = new EverythingNet();
        double[] weights = [0.5, 0.2, 1.5];
        using var plainStore = new ParameterStore(net.Graph, 3);
        using var store = new ParameterStore(net.Graph, 3);
        using var plain = new TrainingPlan(plainStore, new Sgd(), EverythingNet.Capacity, shards, threads, seed: 5);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, shards, threads, seed: 5);
        using var separate = plan.SeparateTasks(Tasks);
        for (var step = 0; step < 3; step++)
        {
            var rows = EverythingNet.Draw(step, Rows);
            var clip = step == 1 ? 0.1 : double.PositiveInfinity;
            net.Set(plain, rows);
            plain.Forward(Rows);
            plain.Backward(weights);
            var expected = plain.Update(0.1, clip);
            net.Set(plan, rows);
            plan.Forward(Rows);
            separate.Collect([]);
            separate.Combine(weights, weights);
            Assert.Equal(expected, plan.Update(0.1, clip), 1e-5);
        }

        Assert.All(EverythingNet.Everything(plainStore).Zip(EverythingNet.Everything(store)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Shared_and_own_parameters_have_weights_of_their_own()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, 2, 1, seed: 5);
        var rows = EverythingNet.Draw(4, Rows);
        var single = OneByOne(net, plan, rows);
        using var separate = plan.SeparateTasks(Tasks);
        net.Set(plan, rows);
        plan.Forward(Rows);
        separate.Collect([]);
        double[] shared = [-0.5, 0, 2], own = [3, 1, 0];
        separate.Combine(shared, own);
        plan.Update(0);
        var found = Gradients(net, plan);
        for (var part = 0; part < found.Length; part++)
        {
            var reaching = Enumerable.Range(0, Tasks).Where(t => single[t][part].Any(g => g != 0)).ToArray();
            var weights = reaching.Length > 1 ? shared : own;
            for (var i = 0; i < found[part].Length; i++)
                Assert.Equal(reaching.Sum(t => weights[t] * single[t][part][i]), found[part][i], 1e-5);
        }
    }

    [Fact]
    public void A_rule_sees_every_shared_coordinate_once_under_its_own_number()
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, 2, 2, seed: 5);
        using var separate = plan.SeparateTasks(Tasks);
        var rows = EverythingNet.Draw(4, Rows);
        var single = OneByOne(net, plan, rows);
        net.Set(plan, rows);
        plan.Forward(Rows);
        separate.Collect([]);
        var seen = new HashSet<ulong>();
        separate.Combine(
            (coordinate, gradients, combined) =>
            {
                lock (seen)
                    for (var i = 0; i < combined.Length; i++) Assert.True(seen.Add(coordinate + (ulong)i));
                for (var i = 0; i < combined.Length; i++) combined[i] = gradients[2 * combined.Length + i] - gradients[i];
            },
            [1, 1, 1]);
        plan.Update(0);
        var found = Gradients(net, plan);
        var any = false;
        for (var part = 0; part < found.Length; part++)
        {
            if (Enumerable.Range(0, Tasks).Count(t => single[t][part].Any(g => g != 0)) < 2) continue;
            any = true;
            for (var i = 0; i < found[part].Length; i++)
                Assert.Equal(single[2][part][i] - single[0][part][i], found[part][i], 1e-5);
        }

        Assert.True(any);
    }

    [Fact]
    public void Threads_change_no_bit_of_it()
    {
        float[] After(int threads)
        {
            var net = new EverythingNet();
            using var store = new ParameterStore(net.Graph, 3, moments: 2);
            using var plan = new TrainingPlan(store, new Adam(), EverythingNet.Capacity, 4, threads, seed: 5);
            using var separate = plan.SeparateTasks(Tasks, representation: true);
            var gram = new double[Tasks, Tasks];
            for (var step = 0; step < 4; step++)
            {
                net.Set(plan, EverythingNet.Draw(step, Rows));
                plan.Forward(Rows);
                separate.Collect([]);
                separate.Gram(gram);
                separate.Combine([gram[0, 1], gram[1, 1], gram[0, 2]], [1, 1, 1]);
                separate.RepresentationGram(gram);
                Assert.True(gram[0, 0] > 0);
                plan.Update(0.01, 1);
            }

            return EverythingNet.Everything(store);
        }

        Check.Exact("weights", After(1), After(3));
    }

    [Fact]
    public void Penalties_are_added_with_their_own_weights()
    {
        var net = new EverythingNet(noise: false);
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, 2, 1, seed: 5);
        var rows = EverythingNet.Draw(4, Rows);
        var single = OneByOne(net, plan, rows);
        using var separate = plan.SeparateTasks(2);
        net.Set(plan, rows);
        plan.Forward(Rows);
        separate.Collect([0.25]);
        separate.Combine([1, 2], [1, 2]);
        plan.Update(0);
        var found = Gradients(net, plan);
        for (var part = 0; part < found.Length; part++)
            for (var i = 0; i < found[part].Length; i++)
                Assert.Equal(single[0][part][i] + 2 * single[1][part][i] + 0.25 * single[2][part][i], found[part][i], 1e-5);
    }

    [Fact]
    public void The_representation_is_what_shared_layers_hand_to_the_tasks()
    {
        var graph = new Graph();
        var x = graph.Input("x", 3);
        var h = x.Linear("shared", 4).Tanh();
        Node[] heads = [h.Linear("a", 1), h.Linear("b", 1)];
        Node[] coefficients = [graph.Input("ca", 1), graph.Input("cb", 1)];
        for (var i = 0; i < 2; i++) _ = new WeightedSum($"loss {i}", heads[i], coefficients[i]);
        using var store = new ParameterStore(graph, 2);
        using var plan = new TrainingPlan(store, new Sgd(), 10, 2, 1, seed: 1);
        using var separate = plan.SeparateTasks(2, representation: true);
        for (var i = 0; i < 30; i++) plan.Input(x)[i] = i % 7 - 3;
        for (var i = 0; i < 10; i++) (plan.Input(coefficients[0])[i], plan.Input(coefficients[1])[i]) = (i, 2 - i);
        plan.Forward(10);
        separate.Collect([]);
        var gram = new double[2, 2];
        separate.RepresentationGram(gram);
        float[] W(string name) => store.Values(graph.Parameters.Single(p => p.Name == name)).ToArray();
        float[] a = W("a/weight"), b = W("b/weight");
        double Dot(float[] p, float[] q) => p.Zip(q, (u, v) => (double)u * v).Sum();
        Assert.Equal(Dot(a, a) * Enumerable.Range(0, 10).Sum(i => i * i), gram[0, 0], 1e-4);
        Assert.Equal(Dot(a, b) * Enumerable.Range(0, 10).Sum(i => i * (2 - i)), gram[0, 1], 1e-4);
        Assert.Equal([0, 1], separate.LastLayer);
    }

    // [task][parameter or table][coordinate]
    private static float[][][] OneByOne(EverythingNet net, TrainingPlan plan, EverythingNet.Rows rows)
    {
        var all = new float[Tasks][][];
        for (var t = 0; t < Tasks; t++)
        {
            net.Set(plan, rows);
            plan.Forward(Rows);
            double[] one = new double[Tasks];
            one[t] = 1;
            plan.Backward(one);
            plan.Update(0);
            // the number of the step decides what dropout drops
            plan.Steps--;
            all[t] = Gradients(net, plan);
        }

        return all;
    }

    private static float[][] Gradients(EverythingNet net, TrainingPlan plan)
    {
        var parts = new List<float[]>();
        foreach (var parameter in net.Graph.Parameters.Where(p => p.Trainable))
        {
            var gradient = new float[parameter.Length];
            plan.CopyGradient(parameter, gradient);
            parts.Add(gradient);
        }

        foreach (var table in net.Graph.Tables)
        {
            var gradient = new float[table.Rows * table.Width];
            for (var row = 0; row < table.Rows; row++) plan.CopyGradient(table, row, gradient.AsSpan(row * table.Width, table.Width));
            parts.Add(gradient);
        }

        return [.. parts];
    }
}
