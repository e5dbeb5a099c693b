using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>
/// The real architectures against PyTorch programs of the same equations: outputs, loss, and every gradient, in float to 1e-6; the double reference to the digits that PyTorch's files print, and to 1e-10
/// of the same cases computed with more of them (Golden/exact.py). The features are the rows of an
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
        var exact = new GoldenFile("exact/" + name);
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
        Compare.Near("loss", [golden.Loss], [losses.Zip(weights, (loss, weight) => loss * weight).Sum()], 1e-6);
        for (var t = 0; t < 2; t++)
        {
            var logits = new float[Rows];
            plan.CopyValue(model.Heads[t].Logits, logits);
            Compare.Near($"logits of task {t}", [.. golden.Output("logits").Where((_, i) => i % 2 == t)], logits, 1e-6);
        }

        if (name == "mmoe")
        {
            for (var t = 0; t < 2; t++)
            {
                var gate = new float[Rows * 3];
                plan.CopyValue(model.Gates[t].Weights, gate);
                Compare.Near($"gate of task {t}", [.. golden.Output("gates").Where((_, i) => i / 3 % 2 == t)], gate, 1e-6);
            }
        }

        var reference = new DoubleReference(model.Graph, Rows);
        reference.Take(store, plan);
        foreach (var (weight, values) in golden.Weights) reference.Weights[weight] = [.. values.Select(v => v / Rate(weight))];
        reference.Weights[table.Name] = golden.Input("x");
        foreach (var op in model.Graph.Ops.OfType<InputOp>().Where(op => op.Name == "share" || op.Name.StartsWith("weight/", StringComparison.Ordinal)))
            reference.Inputs[op.Output] = [.. Enumerable.Repeat(1.0 / Rows, Rows)];
        foreach (var (file, tolerance) in new[] { (golden, GoldenFile.Digits), (exact, 1e-10) })
        {
            Compare.Near("loss in double", [file.Loss], [reference.Loss(weights)], tolerance);
            for (var t = 0; t < 2; t++)
                Compare.Near($"logits of task {t} in double", [.. file.Output("logits").Where((_, i) => i % 2 == t)], reference.Value(model.Heads[t].Logits), tolerance);
            foreach (var (weight, values) in file.Gradients)
                Compare.Near($"gradient of {weight} in double", values, [.. reference.Gradient(weight == "x" ? table.Name : weight, weights).Select(g => g / Rate(weight))], tolerance);
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
            Compare.Near("gradient of " + weight, values, gradient, 1e-6);
        }
    }

    // what a cross-stitch learns is so many times a parameter
    private static float Rate(string parameter) => parameter.StartsWith("stitch/", StringComparison.Ordinal) ? (float)CrossStitch.Rate : 1;
}
