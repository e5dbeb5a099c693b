using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>Every architecture in float against the same graph in double: logits, losses, and every gradient. One that is added is tested here without a further line.</summary>
public sealed class ReferenceTests
{
    private const int Rows = 7;
    public static TheoryData<string, Normalization> Names()
    {
        var all = new TheoryData<string, Normalization>();
        foreach (var name in Architectures.Names)
            foreach (var normalization in Enum.GetValues<Normalization>())
                all.Add(name, normalization);
        return all;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_float_it_is_what_it_is_in_double(string name, Normalization normalization)
    {
        // what a normalisation divides by its deviation has that much of its rounding too
        var tolerance = normalization == Normalization.None ? 1e-6 : 1e-5;
        TaskType[][] choices = [[TaskType.Binary, TaskType.Multiclass, TaskType.Regression], [TaskType.Binary, TaskType.Binary, TaskType.Binary]];
        var options = new ModelOptions
        {
            Architecture = name,
            Embedding = 3,
            EmbeddingDeviation = 0.5,
            Bottom = [6, 5],
            Experts = new ExpertOptions { Count = 4, Own = 2, Shared = 1, Levels = 2, Layers = [5, 4], LoadBalance = 0.1 },
            Tower = [6],
            Dropout = 0,
            Activation = Activation.Tanh,
            Normalization = normalization,
            Scenario = "shop",
            Personal = ["item"],
        };
        var layout = choices.SelectMany(types => new[] { Layout(types), Chained(Layout(types)) }).First(l => Architectures.Create(name).Refuse(l.Tasks, options) is null);
        var model = new MultiTaskModel(layout, options);
        using var store = new ParameterStore(model.Graph, 3);
        using var plan = new TrainingPlan(store, new Sgd(), Rows, shards: 2, threads: 1, seed: 1);
        var random = new Random(7);
        var batch = new Batch(layout, Rows) { Count = Rows };
        for (var row = 0; row < Rows; row++)
        {
            // both shops have rows enough for statistics
            batch.Ids[2 * row] = row % 2;
            batch.Ids[2 * row + 1] = random.Next(3);
            for (var c = 0; c < 2; c++) batch.Numbers[2 * row + c] = (random.Next(512) - 256) / 128f;
            batch.Weights[row] = 1;
            for (var t = 0; t < 3; t++) batch.Labels[3 * row + t] = layout.Tasks[t].Type == TaskType.Regression ? random.Next(5) : row % 3 == 0 ? 1 : 0;
        }

        model.Fill(plan, batch, new double[3]);
        var reference = new DoubleReference(model.Graph, Rows);
        reference.Take(store, plan);
        double[] weights = [0.5, 1, 0.75, .. model.LossWeights()[3..]];
        Compare.Near("loss", [reference.Loss(weights)], [plan.Forward(Rows).ToArray().Zip(weights, (loss, weight) => loss * weight).Sum()], tolerance);
        foreach (var head in model.Heads)
        {
            var logits = new float[Rows * head.Outputs];
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

    private static Layout Layout(TaskType[] types) =>
        ToyLayout.Of([new IdField("shop", "shop", 3, null), new IdField("item", "item", 4, 2)], ["price", "age"], types);

    private static Layout Chained(Layout layout) =>
        layout with { Tasks = [.. layout.Tasks.Select((task, t) => t == 0 ? task : task with { After = [layout.Tasks[t - 1].Name] })] };
}
