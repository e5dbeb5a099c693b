using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>What the term of <c>at_most</c> compares, and on which rows.</summary>
public sealed class AtMostTests
{
    private const int Rows = 64;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.1, 1)]
    [InlineData(1, 0.25)]
    [InlineData(0.2, 0.5)]
    public void Probabilities_are_compared_as_they_are_predicted_corrected_for_sampling(double below, double above)
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Binary);
        var tasks = world.Layout.Tasks;
        var layout = world.Layout with { Tasks = [tasks[0] with { NegativeKeepRate = above }, tasks[1] with { AtMost = ["a"], NegativeKeepRate = below }] };
        var (term, p) = Term(layout, world.Rows(0, Rows));
        var mean = Enumerable.Range(0, Rows).Average(row => Math.Max(0, p["b"][row] - (double)p["a"][row]));
        Assert.Equal(mean, term, 5);
    }

    [Fact]
    public void Rows_of_another_source_do_not_count()
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Binary, TaskType.Binary);
        var tasks = world.Layout.Tasks;
        var layout = world.Layout with { Tasks = [tasks[0], tasks[1] with { AtMost = ["a"] }, tasks[2] with { Source = "users" }] };
        var batch = world.Rows(0, Rows);
        for (var row = 0; row < Rows; row++)
        {
            if (row % 4 == 0) batch.Labels[3 * row] = batch.Labels[3 * row + 1] = float.NaN;
            else batch.Labels[3 * row + 2] = float.NaN;
        }

        var (term, p) = Term(layout, batch);
        var mean = Enumerable.Range(0, Rows).Sum(row => row % 4 == 0 ? 0 : Math.Max(0, p["b"][row] - (double)p["a"][row])) / Rows;
        Assert.True(mean > 0);
        Assert.Equal(mean, term, 5);
    }

    private static (double Term, Dictionary<string, float[]> Predictions) Term(Layout layout, Batch batch)
    {
        var model = new MultiTaskModel(layout, ToyWorld.Options("shared_bottom") with { Calibration = 1, Dropout = 0, Normalization = Normalization.None, EmbeddingDeviation = 1 });
        using var store = new ParameterStore(model.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), Rows, 1, 1, seed: 1);
        model.Fill(plan, batch, new double[model.Heads.Count]);
        var term = plan.Forward(Rows)[^1];
        using var predictor = new Predictor(model, store, Rows);
        predictor.Run(batch);
        return (term, model.Heads.ToDictionary(h => h.Task.Name, h =>
        {
            var values = new float[Rows];
            predictor.Predictions(h, values);
            return values;
        }));
    }
}
