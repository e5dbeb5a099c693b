using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;
using Sundry.Tests.Training;

namespace Sundry.Tests.House;

/// <summary>Every kind of call keeps within its budget. Alone in the process while it runs, for it counts the bytes of all threads.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationBudgetTests
{
    private const int Rows = 64;

    public static TheoryData<string, Normalization, double> Models
    {
        get
        {
            var models = new TheoryData<string, Normalization, double>();
            foreach (var name in Architectures.Names)
                foreach (var (normalization, dropout) in new[] { (Normalization.None, 0.0), (Normalization.Batch, 0.1), (Normalization.Layer, 0.0) })
                    models.Add(name, normalization, dropout);
            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_keep_within_the_budgets(string name, Normalization normalization, double dropout)
    {
        var world = ToyWorld.For(name, TaskType.Binary, TaskType.Regression, TaskType.Count, TaskType.Multiclass);
        var model = new MultiTaskModel(world.Layout, ToyWorld.Options(name) with { Normalization = normalization, Dropout = dropout });
        using var store = new ParameterStore(model.Graph, 1, 2);
        using var plan = new TrainingPlan(store, new Adam(), Rows, 2, 2, seed: 1);
        Batch[] batches = [world.Rows(0, Rows), world.Rows(Rows, Rows - 3)];
        var totals = new double[model.Heads.Count];
        double[] weights = model.LossWeights();
        var with = $"{name}, normalization {normalization}, dropout {dropout}";
        AllocationBudget.Hold("filling a training plan", with, () =>
        {
            foreach (var batch in batches) model.Fill(plan, batch, totals);
        });
        AllocationBudget.Hold("training step", with, () =>
        {
            foreach (var batch in batches)
            {
                model.Fill(plan, batch, totals);
                plan.Forward(batch.Count);
                plan.Backward(weights);
                plan.Update(0.001, clip: 1);
            }
        });

        using var inference = new InferencePlan(store, Rows, 2);
        AllocationBudget.Hold("filling an inference plan", with, () => model.Fill(inference, batches[0]));
        var result = new float[Rows * 3];
        TaskHead[] heads = [.. model.Heads];
        foreach (var shared in new[] { null, new[] { world.Layout.Ids[0].Name, world.Layout.Numbers[0] } })
        {
            using var predictor = new Predictor(model, store, Rows, 2, shared);
            AllocationBudget.Hold("scoring call", shared is null ? with : with + ", shared columns", () =>
            {
                foreach (var batch in batches)
                {
                    predictor.Run(batch);
                    foreach (var head in heads) predictor.Predictions(head, result.AsSpan(0, batch.Count * head.Outputs));
                }
            });
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    public void Every_operation_keeps_within_the_budgets(int shards, int threads)
    {
        var net = new EverythingNet();
        using var store = new ParameterStore(net.Graph, 3, 2);
        using var plan = new TrainingPlan(store, new Adam(0.01), EverythingNet.Capacity, shards, threads, seed: 5);
        using var inference = new InferencePlan(store, EverythingNet.Capacity, threads);
        EverythingNet.Rows[] batches = [.. Enumerable.Range(0, 4).Select(i => EverythingNet.Draw(i, EverythingNet.Capacity - i))];
        var result = new float[EverythingNet.Capacity * 3];
        var with = $"every operation, {shards} shards, {threads} threads";
        AllocationBudget.Hold("training step", with, () =>
        {
            foreach (var batch in batches) net.Step(plan, batch);
        });
        AllocationBudget.Hold("scoring call", with, () =>
        {
            foreach (var batch in batches)
            {
                net.Set(inference, batch);
                inference.Run(batch.Count);
                inference.Copy(net.Kind.Prediction, result);
            }
        });
    }

    [Fact]
    public void Reading_batches_keeps_within_the_budgets()
    {
        using var table = new LabelledTable(2000);
        var data = table.Prepare(LabelledTable.Options("{batch: 64}"));
        var batch = new Batch(data.Layout, 512);
        int[] rows = [.. Enumerable.Range(0, 512).Select(i => i * 7 % data.Train.Count)];
        AllocationBudget.Hold("reading a batch in order", "512 rows", () => data.Train.Fill(batch, 100, 512));
        AllocationBudget.Hold("reading a batch of any rows", "512 rows", () => data.Train.Fill(batch, rows));
    }

    [Fact]
    public void What_is_allocated_on_any_thread_is_counted()
    {
        object? kept = null;
        Assert.InRange(AllocationBudget.BytesPerCall(() => kept = new byte[1000]), 1000, 1100);
        using var go = new SemaphoreSlim(0);
        using var done = new SemaphoreSlim(0);
        var other = new Thread(() =>
        {
            for (; ; done.Release())
            {
                go.Wait();
                if (kept is null) return;
                kept = new byte[1000];
            }
        });
        other.Start();
        var bytes = AllocationBudget.BytesPerCall(() =>
        {
            go.Release();
            done.Wait();
        });
        kept = null;
        go.Release();
        other.Join();
        Assert.InRange(bytes, 1000, 2000);
    }
}
