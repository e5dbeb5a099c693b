using Sundry.Compute;
using Sundry.Training;

namespace Sundry.Tests.Training;

/// <summary>Cosines against backward walks one by one; and that a training which is looked at is the same to the last bit.</summary>
public sealed class GradientWatchTests
{
    private static readonly string[] s_tasks = ["click", "price", "kind"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void Cosines_are_those_of_separate_backward_walks_sparse_rows_included(int shards, int threads)
    {
        const int rows = 41;
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), EverythingNet.Capacity, shards, threads, seed: 5);
        var drawn = EverythingNet.Draw(4, rows);
        double[][][] single = [.. Enumerable.Range(0, 3).Select(t => Gradient(net, plan, drawn, t))];
        int[] shared = [.. Enumerable.Range(0, single[0].Length).Where(part => single.Count(task => task[part].Any(g => g != 0)) > 1)];
        double Dot(int t, int s, IEnumerable<int> parts) => parts.Sum(part => single[t][part].Zip(single[s][part], (a, b) => a * b).Sum());

        net.Set(plan, drawn);
        var losses = plan.Forward(rows).ToArray();
        using var watch = GradientWatch.Of(plan, s_tasks, null, 1, null)!;
        watch.Begin(1);
        watch.Look(losses, []);
        var record = watch.Record()!;
        for (var t = 0; t < 3; t++)
        {
            Assert.Equal(Math.Sqrt(Dot(t, t, shared)), record.Norms[s_tasks[t]], 1e-4);
            for (var s = t + 1; s < 3; s++)
                Assert.Equal(Dot(t, s, shared) / Math.Sqrt(Dot(t, t, shared) * Dot(s, s, shared)), record.Between(s_tasks[t], s_tasks[s])!.Cosine, 1e-5);
        }

        // both tables are one layer; they come last among the parts
        int[] tables = [single[0].Length - 2, single[0].Length - 1];
        Assert.Equal(Dot(0, 2, tables) / Math.Sqrt(Dot(0, 0, tables) * Dot(2, 2, tables)), record.Between("click", "kind")!.Layers["embeddings"], 1e-5);
        Assert.Contains("expert/1", record.Between("click", "kind")!.Layers.Keys);
    }

    [Theory]
    [InlineData("equal", "mmoe", "batch")]
    [InlineData("uncertainty", "shared_bottom", "batch")]
    [InlineData("famo", "ple", "layer")]
    [InlineData("pcgrad", "mmoe", "batch")]
    [InlineData("graddrop", "shared_bottom", "none")]
    [InlineData("{method: mgda, of: representation}", "mmoe", "batch")]
    public void Weights_are_the_same_to_the_last_bit_however_much_is_looked_at(string balancing, string architecture, string normalization)
    {
        using var table = new LabelledTable(200);
        TrainedModel Train(string diagnostics)
        {
            var options = LabelledTable.Options(
                $"{{batch: 16, epochs: 2, diagnostics: {diagnostics}, balancing: {balancing}}}",
                model: $"model: {{architecture: {architecture}, embedding: 4, bottom: [8], experts: {{count: 2, layers: [8], load_balance: 0.01}}, tower: [4], dropout: 0.2, normalization: {normalization}}}");
            return new Trainer(table.Prepare(options), options, table.Folder.Path("work" + diagnostics)).Train();
        }

        using var none = Train("0");
        using var auto = Train("auto");
        using var all = Train("1");
        Assert.Equal(WeightBytes.Of(none), WeightBytes.Of(auto));
        Assert.Equal(WeightBytes.Of(none), WeightBytes.Of(all));
        Assert.All(none.History, e => Assert.True(e.Gradients is null && e.Gates is null));
        Assert.All(all.History, e => Assert.Equal(11, e.Gradients!.Steps));
        // where gradients are collected anyway, every step is looked at
        Assert.All(auto.History, e => Assert.Equal(balancing is "equal" or "uncertainty" or "famo" ? 1 : 11, e.Gradients!.Steps));
        Assert.All(auto.History, e => Assert.InRange(e.Gradients!.Pairs.Single().Cosine, -1, 1));
        Assert.All(auto.History, e => Assert.Equal(architecture == "shared_bottom", e.Gates is null));
    }

    [Fact]
    public void The_record_is_the_same_on_any_number_of_threads()
    {
        using var table = new LabelledTable(200);
        PairRecord[] Pairs(int threads)
        {
            var options = LabelledTable.Options($"{{batch: 16, epochs: 2, diagnostics: 3, threads: {threads}, shards: 3}}");
            using var trained = new Trainer(table.Prepare(options), options, table.Folder.Path($"work{threads}")).Train();
            return [.. trained.History.SelectMany(e => e.Gradients!.Pairs)];
        }

        Assert.Equal(Pairs(1).Select(p => (p.Cosine, p.Conflicts, p.Steps)), Pairs(3).Select(p => (p.Cosine, p.Conflicts, p.Steps)));
    }

    [Fact]
    public void One_task_and_tasks_that_share_nothing_have_nothing_to_compare()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{batch: 64, epochs: 1}");
        using var one = new Trainer(table.Prepare(options), options, table.Folder.Path("one"), ["buy"]).Train();
        Assert.Null(one.History[0].Gradients);
        var apart = options with { Model = options.Model with { Architecture = "single_task" } };
        using var two = new Trainer(table.Prepare(apart), apart, table.Folder.Path("two")).Train();
        Assert.Null(two.History[0].Gradients);
    }

    [Fact]
    public void A_training_goes_on_from_a_checkpoint_of_one_that_was_looked_at_otherwise_and_keeps_its_record()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{batch: 32, epochs: 3, diagnostics: 1}");
        var data = table.Prepare(options);
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new Trainer(data, options, table.Folder.Path("work")).Train(progress: new Listener(p =>
        {
            if (p.Finished is not null) cancel.Cancel();
        }), cancel: cancel.Token));
        var unseen = LabelledTable.Options("{batch: 32, epochs: 3, diagnostics: 0}");
        using var resumed = new Trainer(data, unseen, table.Folder.Path("work")).Train(resume: true);
        Assert.Equal([true, false, false], resumed.History.Select(e => e.Gradients is not null));
        Assert.Equal("buy", resumed.History[0].Gradients!.Pairs.Single().First);
        Assert.NotEmpty(resumed.History[0].Gates!);
    }

    [Fact]
    public void The_use_of_gates_is_that_of_the_judged_rows()
    {
        using var table = new LabelledTable(200);
        var options = LabelledTable.Options("{batch: 64, epochs: 1}");
        var data = table.Prepare(options);
        using var trained = new Trainer(data, options, table.Folder.Path("work")).Train();
        var judged = Evaluation.Gates(trained.Model, trained.Store, data.Validation, 1);
        Assert.Equal(judged.SelectMany(g => g.Weights), trained.History[0].Gates!.SelectMany(g => g.Weights));
        Assert.Equal(judged.Select(g => g.Entropy), trained.History[0].Gates!.Select(g => g.Entropy));
    }

    private static double[][] Gradient(EverythingNet net, TrainingPlan plan, EverythingNet.Rows rows, int task)
    {
        net.Set(plan, rows);
        plan.Forward(rows.Count);
        var one = new double[3];
        one[task] = 1;
        plan.Backward(one);
        plan.Update(0);
        plan.Steps--;
        var parts = new List<float[]>();
        foreach (var parameter in net.Graph.Parameters.Where(p => p.Trainable))
        {
            parts.Add(new float[parameter.Length]);
            plan.CopyGradient(parameter, parts[^1]);
        }

        foreach (var embedding in net.Graph.Tables)
        {
            parts.Add(new float[embedding.Rows * embedding.Width]);
            for (var row = 0; row < embedding.Rows; row++) plan.CopyGradient(embedding, row, parts[^1].AsSpan(row * embedding.Width, embedding.Width));
        }

        return [.. parts.Select(p => p.Select(v => (double)v).ToArray())];
    }

    private sealed class Listener(Action<TrainProgress> tell) : IProgress<TrainProgress>
    {
        public void Report(TrainProgress value) => tell(value);
    }
}
