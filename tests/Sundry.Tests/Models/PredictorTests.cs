using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

public sealed class PredictorTests
{
    [Theory]
    [InlineData("shared_bottom")]
    [InlineData("mmoe")]
    [InlineData("ple")]
    public void Shared_columns_are_read_from_the_first_row(string architecture)
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Regression);
        var model = new MultiTaskModel(world.Layout, new ModelOptions { Architecture = architecture, Normalization = Normalization.None });
        using var store = new ParameterStore(model.Graph, 4);
        using var plain = new Predictor(model, store, 40, 2);
        using var shared = new Predictor(model, store, 40, 2, ["user", "age", "tags"]);
        var batch = world.Rows(3, 40);
        for (var row = 1; row < 40; row++)
        {
            batch.Ids[2 * row] = batch.Ids[0];
            batch.Numbers[2 * row + 1] = batch.Numbers[1];
        }

        var tags = batch.BagIds[0][..batch.BagOffsets[0][1]];
        batch.BagIds[0] = [.. Enumerable.Repeat(tags, 40).SelectMany(t => t)];
        for (var row = 0; row < 40; row++) batch.BagOffsets[0][row + 1] = (row + 1) * tags.Length;
        plain.Run(batch);
        for (var row = 1; row < 40; row++)
        {
            batch.Ids[2 * row] = 5 - batch.Ids[0];
            batch.Numbers[2 * row + 1] = 1e6f;
        }

        shared.Run(batch);
        foreach (var head in model.Heads)
        {
            var (expected, found) = (new float[40], new float[40]);
            plain.Predictions(head, expected);
            shared.Predictions(head, found);
            Check.Near(head.Task.Name, [.. expected.Select(v => (double)v)], found, 2e-6);
        }
    }

    [Fact]
    public void A_column_that_the_layout_has_not_cannot_be_shared()
    {
        var world = new ToyWorld(TaskType.Binary);
        var model = new MultiTaskModel(world.Layout, new ModelOptions());
        using var store = new ParameterStore(model.Graph, 4);
        Assert.Throws<ArgumentException>(() => new Predictor(model, store, 40, 1, ["nobody"]));
    }
}
