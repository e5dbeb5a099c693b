using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Small graphs against PyTorch: every output, the loss, and every gradient, in float to 1e-6; the double reference to the digits that are printed, and to 1e-10 where there are more.</summary>
public sealed class GoldenGraphTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Multi_layer_perceptron(int shards)
    {
        var golden = new GoldenFile("mlp");
        var graph = new Graph();
        var x = Leaf(graph, 6);
        var logits = x.Linear("l1", 4).Relu().Linear("l2", 1);
        var loss = new BinaryCrossEntropy("loss", logits, graph.Input("label", 1), graph.Input("weight", 1));
        using var store = new ParameterStore(graph, 1);
        golden.Fill(store);
        using var plan = new TrainingPlan(store, new Sgd(), 5, shards, threads: 1, seed: 1);
        GoldenFile.Copy(golden.Input("x"), plan.Input(graph.Ops[0].Output));
        for (var row = 0; row < 5; row++)
        {
            plan.Input(loss.Label)[row] = (float)golden.Input("y")[2 * row];
            plan.Input(loss.Weight)[row] = 0.2f;
        }

        Hold("mlp", store, plan, x, logits, "logits");
    }

    [Theory]
    [InlineData("batch_norm", 1)]
    [InlineData("batch_norm", 3)]
    [InlineData("layer_norm", 1)]
    [InlineData("layer_norm", 3)]
    public void Normalisation(string name, int shards)
    {
        var golden = new GoldenFile(name);
        var graph = new Graph();
        var x = Leaf(graph, golden.Input("x").Length / 5);
        var y = name == "batch_norm" ? x.BatchNorm("n") : x.LayerNorm("n");
        var share = graph.Input("share", 1);
        _ = new WeightedSum("loss", y.Multiply(y).Multiply(y).Mean(), share);
        using var store = new ParameterStore(graph, 1);
        golden.Fill(store);
        using var plan = new TrainingPlan(store, new Sgd(), 5, shards, threads: 1, seed: 1);
        GoldenFile.Copy(golden.Input("x"), plan.Input(graph.Ops[0].Output));
        plan.Input(share).Fill(0.2f);
        Hold(name, store, plan, x, y, "y");
        if (name != "batch_norm") return;
        Compare.Near("running mean", golden.Output("running_mean"), store.Values(graph.Parameters[2]), Tolerance);
        Compare.Near("running variance", golden.Output("running_var"), store.Values(graph.Parameters[3]), Tolerance);
    }

    [Theory]
    [InlineData("bag_sum", PoolingMode.Sum)]
    [InlineData("bag_mean", PoolingMode.Mean)]
    [InlineData("bag_max", PoolingMode.Max)]
    public void Bags(string name, PoolingMode mode)
    {
        var golden = new GoldenFile(name);
        var graph = new Graph();
        var bag = graph.Bag("bag");
        var y = graph.Table("table", 7, 3, Initializer.Zeros).Pool(bag, mode);
        var share = graph.Input("share", 1);
        _ = new WeightedSum("loss", y.Multiply(y).Mean(), share);
        using var store = new ParameterStore(graph, 1);
        golden.Fill(store);
        using var plan = new TrainingPlan(store, new Sgd(), 4, 3, threads: 1, seed: 1);
        plan.SetBag(bag, [.. golden.Input("offsets").Select(v => (int)v)], [.. golden.Input("ids").Select(v => (int)v)]);
        plan.Input(share).Fill(0.25f);
        Hold(name, store, plan, null, y, "y", ([.. golden.Input("offsets").Select(v => (int)v)], [.. golden.Input("ids").Select(v => (int)v)]));
    }

    private static Node Leaf(Graph graph, int width) => graph.Add(new LeafOp(graph.Input("x", width), 1, frozen: false));

    private static void Hold(string name, ParameterStore store, TrainingPlan plan, Node? x, Node output, string outputName, (int[] Offsets, int[] Ids) bag = default)
    {
        var golden = new GoldenFile(name);
        var expected = golden.Output(outputName);
        var rows = expected.Length / output.Width;
        var loss = plan.Forward(rows)[0];
        Compare.Near("loss", [golden.Loss], [loss], Tolerance);
        var found = new float[expected.Length];
        plan.CopyValue(output, found);
        Compare.Near(outputName, expected, found, Tolerance);
        var reference = new DoubleReference(output.Graph, rows) { Bag = bag };
        reference.Take(store, plan);
        foreach (var (weight, values) in golden.Weights) reference.Weights[weight] = values;
        foreach (var op in output.Graph.Ops.OfType<InputOp>())
            if (op.Name == "x") reference.Inputs[op.Output] = golden.Input("x");
            else if (op.Name is "weight" or "share") reference.Inputs[op.Output] = [.. Enumerable.Repeat(1.0 / rows, rows * op.Width)];
        var exact = name.StartsWith("bag", StringComparison.Ordinal) ? null : new GoldenFile("exact/" + name);
        foreach (var (file, tolerance) in new[] { (golden, GoldenFile.Digits), (exact, 1e-10) })
        {
            if (file is null) continue;
            Compare.Near("loss in double", [file.Loss], [reference.Loss([1])], tolerance);
            Compare.Near(outputName + " in double", file.Output(outputName), reference.Value(output), tolerance);
            foreach (var (weight, values) in file.Gradients)
                Compare.Near($"gradient of {weight} in double", values, reference.Gradient(weight == "x" ? x!.Op.Inputs[0] : weight, [1]), tolerance);
        }

        plan.Backward([1]);
        plan.Update(0);
        foreach (var (weight, values) in golden.Gradients)
        {
            var gradient = new float[values.Length];
            if (weight == "x") plan.CopyGradient(x!, gradient);
            else if (output.Graph.Tables.FirstOrDefault(t => t.Name == weight) is { } table)
                for (var row = 0; row < table.Rows; row++) plan.CopyGradient(table, row, gradient.AsSpan(row * table.Width));
            else plan.CopyGradient(output.Graph.Parameters.Single(p => p.Name == weight), gradient);
            Compare.Near("gradient of " + weight, values, gradient, Tolerance);
        }
    }
}
