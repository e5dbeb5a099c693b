using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>
/// The real architectures against PyTorch programs of the same equations: outputs, loss, and every gradient. The features are the rows of an
/// embedding table, so that the gradient of the input is known too.
/// </summary>
public sealed class GoldenArchitectureTests
{
    private const int Rows = 5;
    private const int Width = 6;

    [Theory]
    [InlineData("mmoe", 1)]
    [InlineData("mmoe", 2)]
    [InlineData("ple", 1)]
    [InlineData("ple", 2)]
    [InlineData("cross_stitch", 1)]
    [InlineData("cross_stitch", 2)]
    [InlineData("aitm", 1)]
    [InlineData("aitm", 2)]
    public void Architecture(string name, int shards)
    {
        var golden = new GoldenFile(name);
        var layout = ToyLayout.Of([new IdField("x", "x", Rows, Width)], [], TaskType.Binary, TaskType.Binary);
        if (name == "aitm") layout = layout with { Tasks = [layout.Tasks[0], layout.Tasks[1] with { After = ["a"] }] };
        var model = new MultiTaskModel(layout, new ModelOptions
        {
            Architecture = name,
            Bottom = name == "cross_stitch" ? [4, 4] : [4],
            Experts = new ExpertOptions { Count = 3, Own = 2, Shared = 1, Levels = 2, Layers = [4] },
            Tower = [],
            Normalization = Normalization.None,
            Dropout = 0,
        });
        using var store = new ParameterStore(model.Graph, 1);
        var table = model.Graph.Tables.Single();
        golden.Fill(store, except: table.Name);
        foreach (var parameter in model.Graph.Parameters.Where(p => Rate(p.Name) != 1))
            foreach (ref var value in store.Values(parameter)) value /= Rate(parameter.Name);
        for (var row = 0; row < Rows; row++) GoldenFile.Copy(golden.Input("x").AsSpan(row * Width, Width), store.Values(table, row));
        using var plan = new TrainingPlan(store, new Sgd(), Rows, shards, threads: shards, seed: 1);
        var batch = new Batch(layout, Rows) { Count = Rows };
        for (var row = 0; row < Rows; row++)
        {
            batch.Ids[row] = row;
            batch.Weights[row] = 1;
            for (var t = 0; t < 2; t++) batch.Labels[2 * row + t] = (float)golden.Input("y")[2 * row + t];
        }

        model.Fill(plan, batch, new double[2]);
        var losses = plan.Forward(Rows).ToArray();
        double[] weights = [0.5, 0.5, .. model.LossWeights()[2..]];
        Check.Near("loss", 0, golden.Loss, losses.Zip(weights, (loss, weight) => loss * weight).Sum(), 2e-6);
        for (var t = 0; t < 2; t++)
        {
            var logits = new float[Rows];
            plan.CopyValue(model.Heads[t].Logits, logits);
            Check.Near($"logits of task {t}", [.. golden.Output("logits").Where((_, i) => i % 2 == t)], logits, 2e-6);
        }

        if (name == "mmoe")
        {
            for (var t = 0; t < 2; t++)
            {
                var gate = new float[Rows * 3];
                plan.CopyValue(model.Gates[t].Weights, gate);
                Check.Near($"gate of task {t}", [.. golden.Output("gates").Where((_, i) => i / 3 % 2 == t)], gate, 2e-6);
            }
        }

        plan.Backward(weights);
        plan.Update(0);
        var parameters = model.Graph.Parameters.ToDictionary(p => p.Name);
        Assert.Equal(parameters.Keys.Append("x").Order(), golden.Gradients.Select(g => g.Name).Order());
        foreach (var (weight, values) in golden.Gradients)
        {
            var gradient = new float[values.Length];
            if (weight != "x") plan.CopyGradient(parameters[weight], gradient);
            else
                for (var row = 0; row < Rows; row++) Assert.True(plan.CopyGradient(table, row, gradient.AsSpan(row * Width)));
            foreach (ref var value in gradient.AsSpan()) value /= Rate(weight);
            Check.Near("gradient of " + weight, values, gradient, 2e-6);
        }
    }

    // what a cross-stitch learns is so many times a parameter
    private static float Rate(string parameter) => parameter.StartsWith("stitch/", StringComparison.Ordinal) ? (float)CrossStitch.Rate : 1;
}
