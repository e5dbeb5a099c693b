using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>How many weights an architecture has by its formula, and which weights learn from which task.</summary>
public sealed class SharingTests
{
    private const int Numbers = 5;
    private const int Embedding = 3;
    private const int Features = Embedding + Numbers;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Single_task_has_everything_once_a_task(int tasks)
    {
        var one = 10 * Embedding + Layers(Features, 7, 6) + Layers(6, 4, 1);
        Assert.Equal(tasks * one, Model("single_task", tasks).Graph.WeightCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Shared_bottom_has_one_bottom(int tasks) =>
        Assert.Equal(10 * Embedding + Layers(Features, 7, 6) + tasks * Layers(6, 4, 1), Model("shared_bottom", tasks).Graph.WeightCount);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 8)]
    public void Mmoe_has_experts_and_a_gate_a_task(int tasks, int experts) =>
        Assert.Equal(
            10 * Embedding + experts * Layers(Features, 9, 8) + tasks * (Features * experts + Layers(8, 4, 1)),
            Model("mmoe", tasks, new ExpertOptions { Count = experts, Layers = [9, 8] }).Graph.WeightCount);

    [Theory]
    [InlineData("cgc", 1, 1, 2, 2)]
    [InlineData("cgc", 3, 5, 1, 2)]
    [InlineData("cgc", 2, 5, 0, 2)]
    [InlineData("cgc", 2, 5, 2, 0)]
    [InlineData("ple", 2, 1, 1, 1)]
    [InlineData("ple", 1, 2, 2, 3)]
    [InlineData("ple", 2, 2, 2, 1)]
    [InlineData("ple", 3, 4, 1, 2)]
    [InlineData("ple", 3, 3, 0, 2)]
    [InlineData("ple", 3, 3, 2, 0)]
    public void Extraction_has_own_and_shared_experts_a_level_and_no_last_shared_gate(string name, int tasks, int levels, int own, int shared)
    {
        const int width = 8;
        long expected = 10 * Embedding + tasks * Layers(width, 4, 1);
        if (name == "cgc") levels = 1;
        for (var level = 1; level <= levels; level++)
        {
            var input = level == 1 ? Features : width;
            expected += (tasks * own + shared) * Layers(input, 9, width) + tasks * input * (own + shared);
            if (level < levels && shared > 0) expected += input * (tasks * own + shared);
        }

        var model = Model(name, tasks, new ExpertOptions { Own = own, Shared = shared, Levels = levels, Layers = [9, width] });
        Assert.Equal(expected, model.Graph.WeightCount);
        Assert.DoesNotContain(model.Gates, gate => gate.Level == levels && gate.Owner == "shared");
        Assert.Equal(shared > 0 ? levels - 1 : 0, model.Gates.Count(gate => gate.Owner == "shared"));
        foreach (var gate in model.Gates)
            Assert.Equal(gate.Owner == "shared" ? tasks * own + shared : own + shared, gate.Weights.Width);
        Assert.All(model.Gates, gate => Assert.Equal(gate.Weights.Width, gate.Experts.Distinct().Count()));
    }

    [Fact]
    public void Single_tasks_share_nothing()
    {
        var model = Model("single_task", 3);
        AssertLearnsFrom(model, task: 0, own: "/a", others: ["/b", "/c"]);
    }

    /// <summary>One level: a task never learns from another's experts and gate.</summary>
    [Theory]
    [InlineData("cgc")]
    [InlineData("mmoe")]
    [InlineData("shared_bottom")]
    public void What_belongs_to_a_task_learns_from_it_alone(string name) =>
        AssertLearnsFrom(Model(name, 3), task: 0, own: "/a", others: ["/b", "/c"]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void At_level_two_tasks_meet_in_the_shared_experts_and_nowhere_else(bool silenced)
    {
        var model = Model("ple", 3, new ExpertOptions { Own = 2, Shared = 2, Levels = 2, Layers = [8] });
        var gradients = Gradients(model, task: 0, store =>
        {
            if (!silenced) return;
            foreach (var parameter in model.Graph.Parameters.Where(p => p.Name.StartsWith("level2/shared/", StringComparison.Ordinal))) store.Values(parameter).Clear();
        });
        foreach (var (name, values) in gradients.Where(g => g.Key.StartsWith("level1/own/", StringComparison.Ordinal)))
        {
            var own = name.StartsWith("level1/own/a", StringComparison.Ordinal);
            // every single expert of every task reaches the second level through the shared gate; without it only the task's own do
            foreach (var column in Enumerable.Range(0, 16))
                Assert.True((own || !silenced) == (values[column] != 0), $"{name}, unit {column}: {values[column]}");
        }

        foreach (var (name, values) in gradients.Where(g => g.Key.StartsWith("level2/own/b", StringComparison.Ordinal) || g.Key.StartsWith("gate/1/b", StringComparison.Ordinal)))
            Assert.True(values.All(v => v == 0), name);
    }

    /// <summary>Values, not gradients: what a task predicts stays bit for bit where another's weights change.</summary>
    [Fact]
    public void Silent_shared_experts_make_tasks_independent()
    {
        var model = Model("ple", 2, new ExpertOptions { Own = 1, Shared = 2, Levels = 3, Layers = [8] });
        using var store = new ParameterStore(model.Graph, 1);
        foreach (var parameter in model.Graph.Parameters.Where(p => p.Name.Contains("/shared/", StringComparison.Ordinal))) store.Values(parameter).Clear();
        store.Touch();
        float[] Predict()
        {
            using var predictor = new Predictor(model, store, 20);
            predictor.Run(Rows(model, 20));
            var a = new float[20];
            predictor.Predictions(model.Heads[0], a);
            return a;
        }

        var before = Predict();
        foreach (var parameter in model.Graph.Parameters.Where(p => p.Name.Contains("/b/", StringComparison.Ordinal)))
            foreach (ref var value in store.Values(parameter)) value += 1;
        store.Touch();
        Check.Exact("a", before, Predict());
        foreach (var parameter in model.Graph.Parameters.Where(p => p.Name.Contains("/a/", StringComparison.Ordinal)))
            foreach (ref var value in store.Values(parameter)) value += 1;
        store.Touch();
        Assert.False(before.AsSpan().SequenceEqual(Predict()));
    }

    [Theory]
    [InlineData("mmoe")]
    [InlineData("cgc")]
    [InlineData("ple")]
    public void Experts_differ_from_the_first(string name)
    {
        var model = Model(name, 2, new ExpertOptions { Count = 4, Own = 3, Shared = 2, Levels = 2, Layers = [5, 5] });
        using var store = new ParameterStore(model.Graph, 1);
        HashSet<string> seen = [];
        var experts = 0;
        foreach (var parameter in model.Graph.Parameters.Where(p => p.Name.EndsWith("/0/weight", StringComparison.Ordinal) && p.Columns % 5 == 0))
        {
            var values = store.Values(parameter).ToArray();
            for (var first = 0; first < parameter.Columns; first += 5, experts++)
                Assert.True(seen.Add(string.Join(' ', Enumerable.Range(0, 5).Select(c => values[first + c]))), $"an expert of {parameter.Name} begins as another");
        }

        Assert.Equal(name == "mmoe" ? 4 : name == "cgc" ? 8 : 16, experts);
    }

    [Fact]
    public void Gates_begin_near_equal_shares_and_always_add_up()
    {
        var model = Model("ple", 2, new ExpertOptions { Own = 2, Shared = 2, Levels = 2, Layers = [5] });
        using var store = new ParameterStore(model.Graph, 1);
        using var predictor = new Predictor(model, store, 20);
        predictor.Run(Rows(model, 20));
        foreach (var gate in model.Gates)
        {
            var weights = new float[20 * gate.Weights.Width];
            predictor.Copy(gate.Weights, weights);
            for (var row = 0; row < 20; row++)
                Assert.Equal(1, weights.Skip(row * gate.Weights.Width).Take(gate.Weights.Width).Sum(w => (double)w), 6);
            Assert.All(weights, w => Assert.InRange(w, 0.01f, 0.95f));
        }
    }

    // the loss of one task reaches what is its own, and nothing that is another's
    private static void AssertLearnsFrom(MultiTaskModel model, int task, string own, string[] others)
    {
        var gradients = Gradients(model, task);
        foreach (var (name, values) in gradients)
        {
            var path = "/" + name + "/";
            if (others.Any(other => path.Contains(other + "/", StringComparison.Ordinal))) Assert.True(values.All(v => v == 0), $"{name} of another task was reached");
            else if (path.Contains(own + "/", StringComparison.Ordinal)) Assert.Contains(values, v => v != 0);
        }
    }

    /// <summary>By name, parameters and tables: the gradient of one task's loss.</summary>
    private static Dictionary<string, float[]> Gradients(MultiTaskModel model, int task, Action<ParameterStore>? change = null)
    {
        using var store = new ParameterStore(model.Graph, 1);
        change?.Invoke(store);
        store.Touch();
        using var plan = new TrainingPlan(store, new Sgd(), 30, 2, 1, seed: 1);
        model.Fill(plan, Rows(model, 30), new double[model.Heads.Count]);
        plan.Forward(30);
        plan.Backward([.. model.Heads.Select((_, t) => t == task ? 1.0 : 0), .. model.Penalties.Select(_ => 0.0)]);
        plan.Update(0);
        var all = new Dictionary<string, float[]>();
        foreach (var parameter in model.Graph.Parameters)
        {
            var gradient = all[parameter.Name] = new float[parameter.Length];
            plan.CopyGradient(parameter, gradient);
        }

        foreach (var table in model.Graph.Tables)
        {
            var gradient = all[table.Name] = new float[table.Rows * table.Width];
            for (var row = 0; row < table.Rows; row++) plan.CopyGradient(table, row, gradient.AsSpan(row * table.Width));
        }

        return all;
    }

    private static Batch Rows(MultiTaskModel model, int count)
    {
        var random = new Random(1);
        var tasks = model.Layout.Tasks.Count;
        var batch = new Batch(model.Layout, count) { Count = count };
        for (var row = 0; row < count; row++)
        {
            batch.Ids[row] = random.Next(10);
            batch.Weights[row] = 1;
            for (var i = 0; i < Numbers; i++) batch.Numbers[row * Numbers + i] = 2 * random.NextSingle() - 1;
            for (var t = 0; t < tasks; t++) batch.Labels[row * tasks + t] = random.Next(2);
        }

        return batch;
    }

    private static long Layers(params int[] widths) => Enumerable.Range(1, widths.Length - 1).Sum(i => (long)widths[i - 1] * widths[i] + widths[i]);

    private static MultiTaskModel Model(string name, int tasks, ExpertOptions? experts = null) => new(
        ToyLayout.Of([new IdField("id", "id", 10, Embedding)], [.. Enumerable.Range(0, Numbers).Select(i => $"n{i}")], [.. Enumerable.Repeat(TaskType.Binary, tasks)]),
        new ModelOptions
        {
            Architecture = name,
            Bottom = [7, 6],
            Experts = experts ?? new ExpertOptions { Layers = [8] },
            Tower = [4],
            Normalization = Normalization.None,
            Dropout = 0,
            Activation = Activation.Tanh,
        });
}
