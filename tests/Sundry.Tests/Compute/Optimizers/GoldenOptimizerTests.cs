using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Optimisers against PyTorch's, step by step, driven by a plan whose gradients are given numbers.</summary>
public sealed class GoldenOptimizerTests
{
    [Theory]
    [InlineData("optimizer_sgd_momentum", 0.1)]
    [InlineData("optimizer_adam_coupled", 0.01)]
    [InlineData("optimizer_adamw", 0.01)]
    [InlineData("optimizer_adagrad", 0.1)]
    public void Dense(string name, double rate)
    {
        var golden = new GoldenFile(name);
        var start = golden.Input("start");
        var optimizer = Create(name);
        var graph = new Graph();
        var one = graph.Input("one", 1);
        var weight = one.Linear("w", start.Length, bias: false);
        var gradient = graph.Input("gradient", start.Length);
        _ = new WeightedSum("sum", weight, gradient);
        using var store = new ParameterStore(graph, 1, optimizer.Moments);
        using var plan = new TrainingPlan(store, optimizer, 1, 1, threads: 1, seed: 1);
        var values = store.Values(graph.Parameters[0]);
        GoldenFile.Copy(start, values);
        store.Touch();
        for (var step = 0; step < golden.Input("gradients").Length / start.Length; step++)
        {
            plan.Input(one)[0] = 1;
            GoldenFile.Copy(golden.Input("gradients").AsSpan(step * start.Length, start.Length), plan.Input(gradient));
            plan.Forward(1);
            plan.Backward([1]);
            plan.Update(rate);
            Check.Near($"step {step}", golden.Output("after").AsSpan(step * start.Length, start.Length), values, 1e-6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sparse_Adam(int shards)
    {
        var golden = new GoldenFile("optimizer_sparse_adam");
        var graph = new Graph();
        var ids = graph.Ids("ids", 1);
        var table = graph.Table("table", 5, 2, Initializer.Zeros);
        var rows = table.Lookup(ids);
        var gradient = graph.Input("gradient", 2);
        _ = new WeightedSum("sum", rows, gradient);
        using var store = new ParameterStore(graph, 1, 2);
        using var plan = new TrainingPlan(store, new Adam(), 3, shards, threads: 1, seed: 1);
        for (var row = 0; row < 5; row++) GoldenFile.Copy(golden.Input("start").AsSpan(2 * row, 2), store.Values(table, row));
        for (var step = 0; step < 4; step++)
        {
            int[] touched = [.. golden.Input($"rows {step}").Select(v => (int)v)];
            touched.CopyTo(plan.Input(ids));
            GoldenFile.Copy(golden.Input($"gradient {step}"), plan.Input(gradient));
            plan.Forward(touched.Length);
            plan.Backward([1]);
            plan.Update(0.01);
            for (var row = 0; row < 5; row++)
                Check.Near($"step {step}, row {row}", golden.Output($"after {step}").AsSpan(2 * row, 2), store.Values(table, row), 1e-6);
        }
    }

    private static Optimizer Create(string name) => name switch
    {
        "optimizer_sgd_momentum" => new Sgd(momentum: 0.9, weightDecay: 0.01),
        "optimizer_adam_coupled" => new Adam(weightDecay: 0.01),
        "optimizer_adamw" => new Adam(weightDecay: 0.01, decoupled: true),
        _ => new Adagrad(),
    };
}
