using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>Holds a model of three tasks in float against the same graph in double.</summary>
internal static class ReferenceCheck
{
    /// <summary>Logits, losses, and the gradient of every weight.</summary>
    public static void Holds(MultiTaskModel model, Batch batch, double tolerance)
    {
        using var store = new ParameterStore(model.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), batch.Count, shards: 2, threads: 1, seed: 1);
        model.Fill(plan, batch, new double[3]);
        var reference = new DoubleReference(model.Graph, batch.Count);
        reference.Take(store, plan);
        double[] weights = [0.5, 1, 0.75, .. model.LossWeights()[3..]];
        Compare.Near("loss", [reference.Loss(weights)], [plan.Forward(batch.Count).ToArray().Zip(weights, (loss, weight) => loss * weight).Sum()], tolerance);
        foreach (var head in model.Heads)
        {
            var logits = new float[batch.Count * head.Outputs];
            plan.CopyValue(head.Logits, logits);
            Compare.Near($"logits of {head.Task.Name}", reference.Value(head.Logits), logits, tolerance);
        }

        plan.Backward(weights);
        plan.Update(0);
        foreach (var parameter in model.Graph.Parameters.Where(p => p.Trainable))
        {
            var gradient = new float[parameter.Length];
            plan.CopyGradient(parameter, gradient);
            Compare.Near("gradient of " + parameter.Name, reference.Gradient(parameter.Name, weights), gradient, tolerance);
        }

        foreach (var table in model.Graph.Tables)
        {
            var gradient = new float[table.Rows * table.Width];
            for (var row = 0; row < table.Rows; row++) plan.CopyGradient(table, row, gradient.AsSpan(row * table.Width));
            Compare.Near("gradient of " + table.Name, reference.Gradient(table.Name, weights), gradient, tolerance);
        }
    }
}
