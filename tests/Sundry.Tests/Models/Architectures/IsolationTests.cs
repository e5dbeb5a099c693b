using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>What a task may and may not teach: soft bonds, other tasks' experts, gradients that stop.</summary>
public sealed class IsolationTests
{
    private const int Rows = 40;

    [Fact]
    public void Soft_sharing_without_its_bond_is_single_tasks()
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Regression);
        var soft = new MultiTaskModel(world.Layout, Options("soft_sharing") with { Distance = 0 });
        var single = new MultiTaskModel(world.Layout, Options("single_task"));
        using var a = new ParameterStore(soft.Graph, 1);
        using var b = new ParameterStore(single.Graph, 2);
        // the single tasks take over the networks that lie side by side in the other's parameters
        foreach (var parameter in single.Graph.Parameters)
        {
            var task = parameter.Name.Contains("/a/", StringComparison.Ordinal) ? 0 : 1;
            var both = a.Values(soft.Graph.Parameters.Single(p => p.Name == parameter.Name.Replace("bottom/a/", "bottom/", StringComparison.Ordinal).Replace("bottom/b/", "bottom/", StringComparison.Ordinal)));
            (both.Length == parameter.Length ? both : both.Slice(task * parameter.Length, parameter.Length)).CopyTo(b.Values(parameter));
        }

        foreach (var table in single.Graph.Tables)
        {
            var each = soft.Graph.Tables.Single(t => t.Width == table.Width);
            var first = table.Name.Contains("/a/", StringComparison.Ordinal) ? 0 : table.Rows;
            for (var row = 0; row < table.Rows; row++) a.Values(each, first + row).CopyTo(b.Values(table, row));
        }

        a.Touch();
        b.Touch();
        Assert.Empty(soft.Penalties);
        Check.Near("predictions", [.. ToyWorld.Predict(single, b, world.Rows(0, Rows)).Select(v => (double)v)], ToyWorld.Predict(soft, a, world.Rows(0, Rows)), 1e-6);
        Assert.All(Reached(soft, world, 0).Where(g => g.Key.StartsWith("bottom/", StringComparison.Ordinal)), g => Assert.True(g.Value.Skip(g.Value.Length / 2).All(v => v == 0), g.Key));
    }

    [Fact]
    public void Soft_sharing_begins_alike_and_a_strong_bond_keeps_it_so()
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Regression, TaskType.Count);
        double Apart(double distance, int steps)
        {
            var model = new MultiTaskModel(world.Layout, Options("soft_sharing") with { Distance = distance });
            using var store = new ParameterStore(model.Graph, 1, 2);
            ToyWorld.Train(model, store, world.Rows(), steps, rate: 0.005);
            return model.Graph.Parameters.Where(p => p.Name.StartsWith("bottom/", StringComparison.Ordinal) && p.Name.EndsWith("weight", StringComparison.Ordinal)).Max(p =>
            {
                var w = store.Values(p).ToArray();
                var each = w.Length / 3;
                return Enumerable.Range(0, each).Max(i => Math.Max(Math.Abs(w[i] - w[each + i]), Math.Abs(w[i] - w[2 * each + i])));
            });
        }

        Assert.Equal(0, Apart(1, 0));
        Assert.Equal(0, Apart(0, 0));
        var (free, bound) = (Apart(0, 150), Apart(1e4, 150));
        Assert.True(free > 0.1, $"{free}");
        Assert.True(bound < 0.05 * free, $"{bound} of {free}");
    }

    [Fact]
    public void Embeddings_of_each_task_begin_alike()
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Binary);
        var model = new MultiTaskModel(world.Layout, Options("soft_sharing"));
        using var store = new ParameterStore(model.Graph, 1);
        foreach (var table in model.Graph.Tables)
            for (var row = 0; row < table.Rows / 2; row++)
                Assert.True(store.Values(table, row).SequenceEqual(store.Values(table, table.Rows / 2 + row)));
        // both networks have the same features and weights; only their towers differ
        var parameter = model.Graph.Parameters.Single(p => p.Name == "bottom/0/bias");
        Assert.True(store.Values(parameter)[..parameter.Columns].SequenceEqual(store.Values(parameter)[parameter.Columns..]));
    }

    [Fact]
    public void Stem_reads_other_tasks_experts_and_does_not_teach_them()
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Binary);
        var model = new MultiTaskModel(world.Layout, Options("stem") with { Experts = new ExpertOptions { Levels = 1, Layers = [8] } });
        var gradients = Reached(model, world, 0);
        Assert.All(gradients.Where(g => g.Key.Contains("own/b", StringComparison.Ordinal)), g => Assert.True(g.Value.All(v => v == 0), g.Key));
        Assert.All(gradients.Where(g => g.Key.Contains("level1/own/a", StringComparison.Ordinal) || g.Key.Contains("level1/shared", StringComparison.Ordinal)), g => Assert.Contains(g.Value, v => v != 0));
        // the gate learns for the experts that it does not teach: own, shared, then foreign
        var gate = gradients["gate/1/a/weight"];
        Assert.Contains(Enumerable.Range(0, gate.Length).Where(i => i % 6 >= 4), i => gate[i] != 0);

        using var store = new ParameterStore(model.Graph, 1);
        var before = ToyWorld.Predict(model, store, world.Rows(0, Rows))[..Rows];
        foreach (var parameter in model.Graph.Parameters.Where(p => p.Name.StartsWith("level1/own/b", StringComparison.Ordinal)))
            foreach (ref var value in store.Values(parameter)) value += 0.5f;
        store.Touch();
        Assert.False(before.AsSpan().SequenceEqual(ToyWorld.Predict(model, store, world.Rows(0, Rows)).AsSpan(0, Rows)));
    }

    [Theory]
    [InlineData("mmoe", "expert/")]
    [InlineData("omoe", "expert/")]
    [InlineData("cgc", "level1/shared")]
    [InlineData("shared_bottom", "bottom/")]
    [InlineData("dbmtl", "bottom/")]
    [InlineData("feature", "extractor/")]
    public void Stopped_at_the_experts_a_task_teaches_its_own_parts_alone(string name, string shared)
    {
        var world = ToyWorld.Chain(TaskType.Binary, TaskType.Binary);
        var gradients = Reached(Stopped(name, world, new GradientOptions { Shared = 0 }), world, 0);
        Assert.All(gradients.Where(g => g.Key.StartsWith(shared, StringComparison.Ordinal)), g => Assert.True(g.Value.All(v => v == 0), g.Key));
        foreach (var own in gradients.Where(g => g.Key.StartsWith("tower/a", StringComparison.Ordinal) || g.Key.StartsWith("gate/1/a", StringComparison.Ordinal) || g.Key.StartsWith("level1/own/a", StringComparison.Ordinal)))
            Assert.True(own.Value.Any(v => v != 0), own.Key);
        // the other task teaches them as ever
        Assert.All(Reached(Stopped(name, world, new GradientOptions { Shared = 0 }), world, 1).Where(g => g.Key.StartsWith(shared, StringComparison.Ordinal)), g => Assert.Contains(g.Value, v => v != 0));
    }

    [Theory]
    [InlineData("mmoe")]
    [InlineData("ple")]
    [InlineData("single_task")]
    [InlineData("cross_stitch")]
    [InlineData("pepnet")]
    public void Stopped_at_the_tower_a_task_teaches_its_tower_alone(string name)
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Binary);
        foreach (var (parameter, gradient) in Reached(Stopped(name, world, new GradientOptions { Representation = 0 }), world, 0))
        {
            var own = parameter.StartsWith("tower/a", StringComparison.Ordinal) || parameter.StartsWith("head/a", StringComparison.Ordinal);
            Assert.True(own == gradient.Any(v => v != 0), parameter);
        }
    }

    [Fact]
    public void What_is_not_shared_cannot_be_read_without_teaching_it()
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Binary);
        Assert.Contains("gradient: {representation: 0}", Assert.Throws<InputException>(() => Stopped("single_task", world, new GradientOptions { Shared = 0 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sparse_gate_uses_so_many_experts_and_the_load_term_spreads_them()
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Regression);
        double Busiest(double balance)
        {
            var model = new MultiTaskModel(world.Layout, Options("mmoe") with { Experts = new ExpertOptions { Count = 6, Layers = [8], Top = 2, LoadBalance = balance } });
            using var store = new ParameterStore(model.Graph, 3, 2);
            ToyWorld.Train(model, store, world.Rows(), 120);
            using var predictor = new Predictor(model, store, ToyWorld.Count);
            predictor.Run(world.Rows());
            var weights = new float[ToyWorld.Count * 6];
            predictor.Copy(model.Gates[0].Weights, weights);
            for (var row = 0; row < ToyWorld.Count; row++)
            {
                Assert.Equal(2, weights.Skip(row * 6).Take(6).Count(w => w > 0));
                Assert.Equal(1, weights.Skip(row * 6).Take(6).Sum(), 5);
            }

            return Enumerable.Range(0, 6).Max(e => Enumerable.Range(0, ToyWorld.Count).Average(row => weights[row * 6 + e]));
        }

        Assert.True(Busiest(1) < Busiest(0), "the term spreads nothing");
        Assert.InRange(Busiest(1), 1 / 6.0, 0.35);
    }

    private static MultiTaskModel Stopped(string name, ToyWorld world, GradientOptions gradient) =>
        new(world.Layout with { Tasks = [world.Layout.Tasks[0] with { Gradient = gradient }, .. world.Layout.Tasks.Skip(1)] }, Options(name));

    private static Dictionary<string, float[]> Reached(MultiTaskModel model, ToyWorld world, int loss)
    {
        using var store = new ParameterStore(model.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), Rows, 2, 1, seed: 1);
        model.Fill(plan, world.Rows(0, Rows), new double[model.Heads.Count]);
        plan.Forward(Rows);
        plan.Backward([.. model.LossWeights().Select((_, l) => l == loss ? 1.0 : 0)]);
        plan.Update(0);
        var all = model.Graph.Parameters.ToDictionary(p => p.Name, p =>
        {
            var gradient = new float[p.Length];
            plan.CopyGradient(p, gradient);
            return gradient;
        });
        foreach (var table in model.Graph.Tables)
        {
            var gradient = all[table.Name] = new float[table.Rows * table.Width];
            for (var row = 0; row < table.Rows; row++) plan.CopyGradient(table, row, gradient.AsSpan(row * table.Width));
        }

        return all;
    }

    private static ModelOptions Options(string name) => ToyWorld.Options(name) with
    {
        Bottom = [12, 8],
        Experts = new ExpertOptions { Count = 4, Layers = [8] },
        Tower = [6],
        Dropout = 0,
        Normalization = Normalization.None,
        Activation = Activation.Tanh,
        EmbeddingDeviation = 0.3,
    };
}
