using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>The loss of a click and of a purchase among all impressions against PyTorch, rows that are all but certain among them.</summary>
public sealed class GoldenEventTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Esmm_loss(int shards)
    {
        var golden = new GoldenFile("esmm_loss");
        var click = golden.Input("click");
        var bought = click.Zip(golden.Input("conv"), (c, b) => c * b).ToArray();
        var rows = click.Length;
        var graph = new Graph();
        var (sourceA, sourceB) = (graph.Input("a", 1), graph.Input("b", 1));
        var (a, b) = (graph.Add(new LeafOp(sourceA, 1, frozen: false)), graph.Add(new LeafOp(sourceB, 1, frozen: false)));
        var share = graph.Input("share", 1);
        var both = b.And(a);
        Loss[] losses = [new BinaryCrossEntropy("click", a, graph.Input("click", 1), share), new BinaryCrossEntropy("buy", both, graph.Input("bought", 1), share)];
        using var store = new ParameterStore(graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), rows, shards, threads: 1, seed: 1);
        GoldenFile.Copy(golden.Input("a"), plan.Input(sourceA));
        GoldenFile.Copy(golden.Input("b"), plan.Input(sourceB));
        GoldenFile.Copy(click, plan.Input(losses[0].Label));
        GoldenFile.Copy(bought, plan.Input(losses[1].Label));
        plan.Input(share).Fill(1f / rows);
        var values = plan.Forward(rows);
        Check.Near("loss", 0, golden.Loss, values[0] + values[1], 1e-6);

        var reference = new DoubleReference(graph, rows);
        reference.Take(store, plan);
        (reference.Inputs[sourceA], reference.Inputs[sourceB]) = (golden.Input("a"), golden.Input("b"));
        reference.Inputs[share] = [.. Enumerable.Repeat(1.0 / rows, rows)];
        Compare.Near("loss in double", [golden.Loss], [reference.Loss([1, 1])], GoldenFile.Digits);
        foreach (var (name, of) in golden.Gradients)
            Compare.Near($"gradient of {name} in double", of, reference.Gradient(name == "a" ? sourceA : sourceB, [1, 1]), GoldenFile.Digits);

        var logit = new float[rows];
        plan.CopyValue(both, logit);
        for (var row = 0; row < rows; row++)
        {
            // log σ(z) of the joint logit is the logarithm of the product
            var logProduct = -Math.Log(1 + Math.Exp(-logit[row]));
            if (row != 0) Check.Near("log of the product", row, golden.Output("log_ctcvr")[row], logProduct, 1e-6);
        }

        plan.Backward([1, 1]);
        foreach (var (name, node) in new[] { ("a", a), ("b", b) })
        {
            var gradient = new float[rows];
            plan.CopyGradient(node, gradient);
            // relative, for the first rows' are as small as 1e-27
            Check.Near("gradient of " + name, golden.Gradients.Single(g => g.Name == name).Values, gradient, 1e-5, floor: 0);
            Check.Near("gradient of " + name, golden.Gradients.Single(g => g.Name == name).Values, gradient, 1e-6);
        }
    }
}
