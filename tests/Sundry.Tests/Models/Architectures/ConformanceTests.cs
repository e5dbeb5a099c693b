using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>What every architecture owes, whatever it is; one that is added to <see cref="Architectures"/> is tested here without a further line.</summary>
public sealed class ConformanceTests
{
    private static readonly TaskType[][] s_mixes =
    [
        [TaskType.Binary], [TaskType.Regression], [TaskType.Count], [TaskType.Multiclass],
        [TaskType.Binary, TaskType.Binary], [TaskType.Multiclass, TaskType.Regression], [TaskType.Count, TaskType.Binary],
        [TaskType.Binary, TaskType.Regression, TaskType.Count], [TaskType.Multiclass, TaskType.Multiclass, TaskType.Count],
    ];

    public static TheoryData<string> Names => [.. Architectures.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Builds_for_any_tasks_with_any_options(string name)
    {
        foreach (var mix in s_mixes)
            foreach (var normalization in Enum.GetValues<Normalization>())
                foreach (var activation in Enum.GetValues<Activation>())
                {
                    var world = ToyWorld.For(name, mix);
                    var options = ToyWorld.Options(name) with
                    {
                        Bottom = [6, 5],
                        Experts = new ExpertOptions { Count = name == "dselect_k" ? 4 : 3, Own = 2, Shared = 1, Levels = 3, Layers = [6, 4] },
                        Tower = activation == Activation.Tanh ? [] : [4, 3],
                        Normalization = normalization,
                        Activation = activation,
                        GateTemperature = 2,
                    };
                    var model = new MultiTaskModel(world.Layout, options);
                    Assert.Equal(mix.Length, model.Heads.Count);
                    Assert.All(model.Heads.Zip(world.Types), pair => Assert.Equal(pair.Second == TaskType.Multiclass ? 3 : 1, pair.First.Outputs));
                    using var store = new ParameterStore(model.Graph, 1, 2);
                    Assert.All(ToyWorld.Train(model, store, world.Rows(0, 9), 3), loss => Assert.True(double.IsFinite(loss)));
                    Assert.All(ToyWorld.Train(model, store, world.Rows(0, 1), 2), loss => Assert.True(double.IsFinite(loss)));
                    Assert.All(ToyWorld.Predict(model, store, world.Rows(0, 9)), value => Assert.True(float.IsFinite(value)));
                }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_weight_is_trained(string name)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Regression, TaskType.Multiclass);
        var model = Model(name, world);
        using var store = new ParameterStore(model.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), ToyWorld.Count, 1, 1, seed: 1);
        model.Fill(plan, world.Rows(), new double[3]);
        plan.Forward(ToyWorld.Count);
        plan.Backward(model.LossWeights());
        plan.Update(0);
        foreach (var parameter in model.Graph.Parameters.Where(p => p.Trainable))
        {
            var gradient = new float[parameter.Length];
            plan.CopyGradient(parameter, gradient);
            Assert.True(gradient.AsSpan().IndexOfAnyExcept(0f) >= 0, $"{name} never trains {parameter.Name}");
        }

        foreach (var table in model.Graph.Tables)
            Assert.Contains(Enumerable.Range(0, table.Rows), row => plan.CopyGradient(table, row, new float[table.Width]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Seed_decides(string name)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Count);
        float[] Run(ulong seed, int threads)
        {
            var model = Model(name, world, dropout: 0.2);
            using var store = new ParameterStore(model.Graph, seed, 2);
            ToyWorld.Train(model, store, world.Rows(0, 50), 20, threads: threads);
            return EverythingNet.Everything(store);
        }

        var one = Run(1, 1);
        Check.Exact("the same seed", one, Run(1, 1));
        Check.Exact("two threads", one, Run(1, 2));
        Assert.False(one.AsSpan().SequenceEqual(Run(2, 1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Learns_the_toy_world(string name)
    {
        foreach (var mix in (TaskType[][])[[TaskType.Binary, TaskType.Regression, TaskType.Count, TaskType.Multiclass], [TaskType.Regression]])
        {
            var world = ToyWorld.For(name, mix);
            var model = Model(name, world);
            using var store = new ParameterStore(model.Graph, 1, 2);
            var losses = ToyWorld.Train(model, store, world.Rows(), 250);
            for (var t = 0; t < mix.Length; t++)
                Assert.True(losses[t] - world.Least(t) < 0.1, $"{name} is {losses[t] - world.Least(t):0.000} above what is possible for {world.Types[t]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_alone_is_predicted_as_among_others(string name)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Regression, TaskType.Count, TaskType.Multiclass);
        var model = Model(name, world, dropout: 0.3, Normalization.Batch);
        using var store = new ParameterStore(model.Graph, 1, 2);
        ToyWorld.Train(model, store, world.Rows(), 5);
        const int count = 7;
        var all = ToyWorld.Predict(model, store, world.Rows(0, count));
        for (var row = 0; row < count; row++)
        {
            var one = ToyWorld.Predict(model, store, world.Rows(row, 1));
            var classes = model.Heads[3].Outputs;
            double[] expected = [all[row], all[count + row], all[2 * count + row], .. all[(3 * count + classes * row)..(3 * count + classes * row + classes)]];
            Check.Near($"row {row}", expected, one, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saved_and_loaded_it_predicts_the_same(string name)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Multiclass);
        var model = Model(name, world, dropout: 0.3, Normalization.Batch);
        using var store = new ParameterStore(model.Graph, 1, 2);
        var batch = world.Rows(0, 40);
        ToyWorld.Train(model, store, batch, 10);
        var expected = ToyWorld.Predict(model, store, batch);
        foreach (var moments in (bool[])[false, true])
        {
            using var file = new MemoryStream();
            WeightFile.Write(file, store, moments);
            file.Position = 0;
            var again = Model(name, world, dropout: 0.3, Normalization.Batch);
            using var loaded = new ParameterStore(again.Graph, 77, moments ? 2 : 0);
            WeightFile.Read(file, loaded, "weights.bin");
            Assert.Equal(file.Length, file.Position);
            Check.Exact("predictions", expected, ToyWorld.Predict(again, loaded, batch));
            if (moments) Check.Exact("weights and moments", EverythingNet.Everything(store), EverythingNet.Everything(loaded));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_that_begin_alike_do_not_meet(string name)
    {
        string[] names = ["click", "click_2", "click/0", "shared", "own", "1"];
        var world = ToyWorld.For(name, TaskType.Binary);
        TaskSchema[] tasks = [.. names.Select(task => ToyLayout.Task(task, TaskType.Binary))];
        if (Architectures.Create(name).Refuse(tasks, ToyWorld.Options(name)) is not null)
            tasks = [.. tasks.Select((task, t) => t == 0 ? task : task with { After = [names[t - 1]] })];
        var layout = world.Layout with { Tasks = tasks };
        foreach (var levels in (int[])[1, 3])
        {
            var model = new MultiTaskModel(layout, ToyWorld.Options(name) with
            {
                Experts = new ExpertOptions { Levels = levels },
                Normalization = Normalization.Batch,
                Activation = Activation.Prelu,
            });
            Assert.Equal(names, model.Heads.Select(head => head.Task.Name));
            Assert.Equal(names.Length, model.Heads.Select(head => head.Logits).Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_outside_a_task_teaches_that_task_nothing(string name)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Regression);
        var model = Model(name, world);
        using var store = new ParameterStore(model.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), 20, 2, 1, seed: 1);
        var all = world.Rows(0, 20);
        for (var row = 10; row < 20; row++) all.Labels[2 * row] = float.NaN;
        for (var row = 0; row < 20; row++) all.Labels[2 * row + 1] = float.NaN;
        var totals = new double[2];
        model.Fill(plan, all, totals);
        Assert.Equal((double[])[10, 0], totals);
        var masked = plan.Forward(20).ToArray();
        // the tasks alone: a penalty is a mean over all rows
        plan.Backward([1, 1, .. model.Penalties.Select(_ => 0.0)]);
        plan.Update(0);
        var expected = Gradients();

        model.Fill(plan, world.Rows(0, 10), totals);
        var alone = plan.Forward(10).ToArray();
        plan.Backward([1, 0, .. model.Penalties.Select(_ => 0.0)]);
        plan.Update(0);
        Check.Near("loss", 0, alone[0], masked[0], 1e-6);
        Assert.Equal(0, masked[1]);
        Check.Near("gradients", [.. Gradients().Select(g => (double)g)], expected, 1e-6);

        float[] Gradients() =>
        [
            .. model.Graph.Parameters.SelectMany(p =>
            {
                var gradient = new float[p.Length];
                plan.CopyGradient(p, gradient);
                return gradient;
            }),
        ];
    }

    private static MultiTaskModel Model(string name, ToyWorld world, double dropout = 0, Normalization normalization = Normalization.None) => new(world.Layout, ToyWorld.Options(name) with
    {
        Bottom = [32],
        Experts = new ExpertOptions { Count = 4, Own = 2, Shared = 2, Levels = 2, Layers = [16] },
        Tower = [8],
        Dropout = dropout,
        Normalization = normalization,
        // not relu: no unit may be dead where every weight has to be reached
        Activation = Activation.Silu,
        EmbeddingDeviation = 0.1,
    });
}
