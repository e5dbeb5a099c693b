using Sundry.Compute;

namespace Sundry.Tests;

/// <summary>Losses against PyTorch: the mean, each row by itself, and the gradient.</summary>
public sealed class GoldenLossTests
{
    [Theory]
    [InlineData("loss_bce")]
    [InlineData("loss_huber")]
    [InlineData("loss_poisson")]
    [InlineData("loss_cross_entropy")]
    public void Loss(string name)
    {
        var golden = new GoldenFile(name);
        double[] label = golden.Input("label"), each = golden.Output("loss");
        var rows = label.Length;
        var graph = new Graph();
        var source = graph.Input("z", golden.Input("z").Length / rows);
        var z = graph.Add(new LeafOp(source, 1, frozen: false));
        var (labels, weights) = (graph.Input("label", 1), graph.Input("weight", 1));
        Loss loss = name switch
        {
            "loss_bce" => new BinaryCrossEntropy("loss", z, labels, weights),
            "loss_huber" => new HuberLoss("loss", z, labels, weights),
            "loss_poisson" => new PoissonLoss("loss", z, labels, weights),
            _ => new CrossEntropy("loss", z, labels, weights),
        };
        using var store = new ParameterStore(graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), rows, shards: 2, threads: 1, seed: 1);
        GoldenFile.Copy(golden.Input("z"), plan.Input(source));
        GoldenFile.Copy(label, plan.Input(loss.Label));

        plan.Input(loss.Weight).Fill(1f / rows);
        Check.Near("mean", 0, golden.Loss, plan.Forward(rows)[0], 1e-6);
        plan.Backward([1]);
        var gradient = new float[golden.Input("z").Length];
        plan.CopyGradient(z, gradient);
        Check.Near("gradient", golden.Gradients.Single().Values, gradient, 1e-6, 0.1);
        var reference = new DoubleReference(graph, rows);
        reference.Take(store, plan);
        reference.Inputs[source] = golden.Input("z");
        reference.Inputs[labels] = label;
        reference.Inputs[weights] = [.. Enumerable.Repeat(1.0 / rows, rows)];
        Compare.Near("mean in double", [golden.Loss], [reference.Loss([1])], GoldenFile.Digits);
        Compare.Near("gradient in double", golden.Gradients.Single().Values, reference.Gradient(source, [1]), GoldenFile.Digits);
        for (var row = 0; row < rows; row++)
        {
            plan.Input(loss.Weight).Clear();
            plan.Input(loss.Weight)[row] = 1;
            Check.Near("row", row, each[row], plan.Forward(rows)[0], 1e-6, 1e-2);
        }
    }
}
