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

        ReferenceCheck.Holds(model, batch, tolerance);
    }

    private static Layout Layout(TaskType[] types) =>
        ToyLayout.Of([new IdField("shop", "shop", 3, null), new IdField("item", "item", 4, 2)], ["price", "age"], types);

    /// <summary>The same tasks, each after the one before it.</summary>
    internal static Layout Chained(Layout layout) =>
        layout with { Tasks = [.. layout.Tasks.Select((task, t) => t == 0 ? task : task with { After = [layout.Tasks[t - 1].Name] })] };
}
