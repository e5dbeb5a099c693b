using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>What losses would be after a step for one task, by hand and against weights that are really moved.</summary>
public sealed class LookAheadTests
{
    private const int Rows = 41;
    private const int Tasks = 3;

    [Fact]
    public void On_a_quadratic_it_is_what_hand_and_pencil_give()
    {
        // θ = 2 is shared, w = 3 is b's own: L_a = (θ − 1)², L_b = (w θ)²; dL_a/dθ = 2, dL_b/dθ = 2 w² θ = 36
        var (graph, shared, feed) = Quadratic();
        using var store = new ParameterStore(graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), 1, 1, 1, seed: 1);
        using var separate = plan.SeparateTasks(2);
        feed(plan);
        Assert.Equal([1, 36], plan.Forward(1).ToArray());
        separate.Collect([]);
        var gram = new double[2, 2];
        separate.Gram(gram);
        Assert.Equal([4, 72, 72, 1296], gram.Cast<double>());
        var losses = new double[2, 2];
        separate.LookAhead([0.25, 0.03125], losses);
        // θ becomes 1.5, and 0.875; w stays
        Assert.Equal([0.25, 20.25, 0.015625, 6.890625], losses.Cast<double>());
        Assert.Equal([2], store.Values(shared).ToArray());
        Assert.Equal("theta", separate.TensorName(0));
        Assert.False(separate.IsTable(0));
        separate.LookAhead([0, 0.03125], losses);
        Assert.Equal([double.NaN, double.NaN, 0.015625, 6.890625], losses.Cast<double>());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void It_is_what_weights_that_are_really_moved_give(int shards, int threads)
    {
        var net = new EverythingNet();
        double[] rates = [0.3, 0.05, 0.2];
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, shards, threads, seed: 5);
        using var separate = plan.SeparateTasks(Tasks);
        var rows = EverythingNet.Draw(4, Rows);
        net.Set(plan, rows);
        plan.Forward(Rows);
        separate.Collect([]);
        var found = new double[Tasks, Tasks];
        separate.LookAhead(rates, found);

        for (var i = 0; i < Tasks; i++)
        {
            using var moved = new ParameterStore(net.Graph, 3);
            using var by = new TrainingPlan(moved, new Sgd(), EverythingNet.Capacity, shards, threads, seed: 5);
            var gradients = Enumerable.Range(0, Tasks).Select(t => Gradient(net, by, rows, t)).ToArray();
            Move(moved, gradients, i, rates[i]);
            net.Set(by, rows);
            var after = by.Forward(Rows);
            for (var j = 0; j < Tasks; j++) Assert.Equal(after[j], found[i, j], 1e-6);
            Assert.True(found[i, i] < plan.Forward(Rows)[i]);
        }
    }

    [Fact]
    public void It_leaves_no_trace()
    {
        float[] After(bool looks)
        {
            var net = new EverythingNet();
            using var store = new ParameterStore(net.Graph, 3, moments: 2);
            using var plan = new TrainingPlan(store, new Adam(), EverythingNet.Capacity, 3, 2, seed: 5);
            using var separate = plan.SeparateTasks(Tasks);
            var losses = new double[Tasks, Tasks];
            for (var step = 0; step < 4; step++)
            {
                net.Set(plan, EverythingNet.Draw(step, Rows));
                plan.Forward(Rows);
                if (looks)
                {
                    separate.Collect([]);
                    separate.LookAhead([0.1, 0.1, 0.1], losses);
                }

                plan.Backward([1, 0.5, 2]);
                plan.Update(0.01, 1);
            }

            return EverythingNet.Everything(store);
        }

        Check.Exact("weights, moments and running statistics", After(false), After(true));
    }

    internal static (Graph Graph, Parameter Shared, Action<TrainingPlan> Feed) Quadratic()
    {
        var graph = new Graph();
        var theta = Node.Broadcast(graph, "theta", 1, Initializer.Of([2]));
        Node[] labels = [graph.Input("label a", 1), graph.Input("label b", 1)];
        Node[] weights = [graph.Input("weight a", 1), graph.Input("weight b", 1)];
        _ = new SquaredError("a", theta, labels[0], weights[0]);
        _ = new SquaredError("b", theta.Linear("own", 1, bias: false, initializer: Initializer.Of([3])), labels[1], weights[1]);
        return (graph, graph.Parameters.Single(p => p.Name == "theta"), Fill);

        void Fill(TrainingPlan plan)
        {
            (plan.Input(labels[0])[0], plan.Input(labels[1])[0]) = (1, 0);
            (plan.Input(weights[0])[0], plan.Input(weights[1])[0]) = (1, 1);
        }
    }

    // the gradient of one task's loss alone, by parameter and table, from a backward walk of its own
    private static float[][] Gradient(EverythingNet net, TrainingPlan plan, EverythingNet.Rows rows, int task)
    {
        net.Set(plan, rows);
        plan.Forward(rows.Count);
        var one = new double[Tasks];
        one[task] = 1;
        plan.Backward(one);
        plan.Update(0);
        // the number of the step decides what dropout drops
        plan.Steps--;
        var parts = new List<float[]>();
        foreach (var parameter in net.Graph.Parameters.Where(p => p.Trainable))
        {
            parts.Add(new float[parameter.Length]);
            plan.CopyGradient(parameter, parts[^1]);
        }

        foreach (var table in net.Graph.Tables)
        {
            parts.Add(new float[table.Rows * table.Width]);
            for (var row = 0; row < table.Rows; row++) plan.CopyGradient(table, row, parts[^1].AsSpan(row * table.Width, table.Width));
        }

        return [.. parts];
    }

    private static void Move(ParameterStore store, float[][][] gradients, int task, double rate)
    {
        var part = 0;
        foreach (var parameter in store.Graph.Parameters.Where(p => p.Trainable)) Move(store.Values(parameter), part++);
        foreach (var table in store.Graph.Tables)
        {
            for (var row = 0; row < table.Rows; row++)
                if (IsShared(part))
                    for (var c = 0; c < table.Width; c++)
                        store.Values(table, row)[c] -= (float)(rate * gradients[task][part][row * table.Width + c]);
            part++;
        }

        store.Touch();

        bool IsShared(int p) => gradients.Count(g => g[p].Any(v => v != 0)) > 1;
        void Move(Span<float> values, int p)
        {
            if (!IsShared(p)) return;
            for (var c = 0; c < values.Length; c++) values[c] -= (float)(rate * gradients[task][p][c]);
        }
    }
}
