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

    /// <summary>A server has many plans of one network, and answers by all of them at once.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_with_a_predictor_each_do_not_disturb_one_another(bool twins)
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Regression);
        var model = new MultiTaskModel(world.Layout, new ModelOptions { Architecture = "shared_bottom", Normalization = Normalization.Batch });
        using var store = new ParameterStore(model.Graph, 4);
        using var alone = new Predictor(model, store, 200);
        using var first = new Predictor(model, store, 200);
        var batches = Enumerable.Range(0, 8).Select(b => world.Rows(200 * b, 200)).ToArray();
        var expected = batches.Select(batch => Predict(alone, batch)).ToArray();
        Parallel.For(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = batches.Length }, b =>
        {
            // the first that come find nothing packed yet
            using var own = twins ? first.Twin() : new Predictor(model, store, 200);
            for (var run = 0; run < 200; run++) Check.Exact($"batch {b}", expected[b], Predict(own, batches[b]));
        });
    }

    [Theory]
    [MemberData(nameof(ConformanceTests.Names), MemberType = typeof(ConformanceTests))]
    public void What_leads_to_no_wanted_head_is_not_computed(string architecture)
    {
        var world = ToyWorld.For(architecture, TaskType.Binary, TaskType.Binary, TaskType.Binary);
        var layout = world.Layout with { Tasks = [.. world.Layout.Tasks.Select((task, t) => task with { Main = t == 0 })] };
        var model = new MultiTaskModel(layout, ToyWorld.Options(architecture));
        using var store = new ParameterStore(model.Graph, 4);
        using var all = new Predictor(model, store, 40);
        using var main = new Predictor(model, store, 40, heads: model.MainHeads);
        Assert.Equal(["a"], main.Heads.Select(h => h.Task.Name));
        all.Run(world.Rows(0, 40));
        main.Run(world.Rows(0, 40));
        var (expected, found) = (new float[40], new float[40]);
        all.Predictions(model.Heads[0], expected);
        main.Predictions(model.Heads[0], found);
        Check.Exact("prediction", expected, found);

        // of the others no head, tower or gate is left, and no expert of their own where the first task reads none of them
        Assert.DoesNotContain(Parameters(main), p => p.Name.StartsWith("head/", StringComparison.Ordinal) && p.Name != "head/a/weight" && p.Name != "head/a/bias");
        string[] mixing = ["ple", "stem", "cross_stitch"];
        if (!mixing.Contains(architecture)) Assert.DoesNotContain(Parameters(main), p => p.Name.Split('/')[1..] is var words && (words.Contains("b") || words.Contains("c")));
        Assert.True(MultiplyAdds(main) < 0.95 * MultiplyAdds(all), $"{MultiplyAdds(main)} of {MultiplyAdds(all)}");
        if (architecture == "single_task") Assert.Equal(MultiplyAdds(all), 3 * MultiplyAdds(main));
        Assert.Throws<ArgumentException>(() => main.Predictions(model.Heads[1], found));
    }

    [Fact]
    public void A_helping_task_that_a_wanted_one_builds_on_is_computed()
    {
        var world = ToyWorld.Chain(TaskType.Binary, TaskType.Binary);
        var layout = world.Layout with { Tasks = [world.Layout.Tasks[0] with { Main = false }, world.Layout.Tasks[1]] };
        var model = new MultiTaskModel(layout, ToyWorld.Options("esmm"));
        using var store = new ParameterStore(model.Graph, 4);
        using var main = new Predictor(model, store, 40, heads: model.MainHeads);
        Assert.Contains(Parameters(main), p => p.Name == "head/a/weight");
        main.Run(world.Rows(0, 40));
        var found = new float[40];
        main.Predictions(model.Heads[1], found);
        Check.Exact("prediction", ToyWorld.Predict(model, store, world.Rows(0, 40)).AsSpan(40, 40), found);
    }

    private static IEnumerable<Parameter> Parameters(Predictor predictor) => predictor.Plan.Ops.SelectMany(op => op.Parameters.ToArray());

    // a row's, of the products with weights
    private static long MultiplyAdds(Predictor predictor) => Parameters(predictor).Where(p => p.Name.EndsWith("/weight", StringComparison.Ordinal)).Sum(p => (long)p.Length);

    [Fact]
    public void A_column_that_the_layout_has_not_cannot_be_shared()
    {
        var world = new ToyWorld(TaskType.Binary);
        var model = new MultiTaskModel(world.Layout, new ModelOptions());
        using var store = new ParameterStore(model.Graph, 4);
        Assert.Throws<ArgumentException>(() => new Predictor(model, store, 40, 1, ["nobody"]));
    }

    private static float[] Predict(Predictor predictor, Batch batch)
    {
        predictor.Run(batch);
        var predictions = new float[batch.Count];
        predictor.Predictions(predictor.Heads[0], predictions);
        return predictions;
    }
}
