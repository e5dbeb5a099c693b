using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>Interactions in a model: in every architecture, by themselves as logistic regression and factorisation machine, and what is refused.</summary>
public sealed class InteractionsTests
{
    public static TheoryData<string> Architectures => [.. Sundry.Models.Architectures.Names];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_architecture_takes_all_of_them(string architecture)
    {
        var world = ToyWorld.For(architecture, TaskType.Binary, TaskType.Regression, TaskType.Multiclass);
        var layout = OneWidth(world.Layout);
        foreach (var interactions in (Interaction[][])[[Interaction.Linear, Interaction.Fm], [Interaction.Dcn, Interaction.Cin], [Interaction.Cin, Interaction.Fm, Interaction.Dcn, Interaction.Linear]])
        {
            var options = ToyWorld.Options(architecture) with { Interactions = interactions, Cross = new CrossOptions { Layers = 3, Rank = interactions.Length == 2 ? 0 : 2 }, Maps = [3, 2] };
            var model = new MultiTaskModel(layout, options);
            using var store = new ParameterStore(model.Graph, 1, 2);
            Assert.All(ToyWorld.Train(model, store, world.Rows(), 4), loss => Assert.True(double.IsFinite(loss)));
            using var plan = new TrainingPlan(store, new Adam(), ToyWorld.Count, 1, 1, seed: 1);
            model.Fill(plan, world.Rows(), new double[3]);
            plan.Forward(ToyWorld.Count);
            plan.Backward(model.LossWeights());
            plan.Update(0);
            foreach (var parameter in model.Graph.Parameters.Where(p => p.Trainable))
            {
                var gradient = new float[parameter.Length];
                plan.CopyGradient(parameter, gradient);
                Assert.True(gradient.Any(g => g != 0), $"{architecture} never trains {parameter.Name}");
            }
        }
    }

    [Fact]
    public void Nothing_but_linear_is_logistic_regression()
    {
        var world = new ToyWorld(TaskType.Binary, TaskType.Multiclass);
        var model = new MultiTaskModel(world.Layout, Flat(Interaction.Linear));
        // a weight for each of the 6 + 3 + 4 values and 2 numbers, and a bias, for one logit and for three
        Assert.Equal((6 + 3 + 4 + 2 + 1) * (1 + 3), model.Graph.WeightCount);
        using var store = new ParameterStore(model.Graph, 1, 2);
        ToyWorld.Train(model, store, world.Rows(), 60);
        var batch = world.Rows(0, 9);
        var found = ToyWorld.Predict(model, store, batch);
        var table = model.Graph.Tables.Single(t => t.Name == "embedding/linear/a/1");
        var numbers = store.Values(model.Graph.Parameters.Single(p => p.Name == "linear/a/weight"));
        var bias = store.Values(model.Graph.Parameters.Single(p => p.Name == "head/a/bias"))[0];
        for (var row = 0; row < 9; row++)
        {
            double z = bias + store.Values(table, batch.Ids[2 * row])[0] + store.Values(table, 6 + batch.Ids[2 * row + 1])[0] + batch.Numbers[2 * row] * numbers[0] + batch.Numbers[2 * row + 1] * numbers[1];
            var tags = batch.BagIds[0].AsSpan(batch.BagOffsets[0][row]..batch.BagOffsets[0][row + 1]);
            foreach (var tag in tags) z += store.Values(table, 9 + tag)[0] / (double)tags.Length;
            Assert.Equal(1 / (1 + Math.Exp(-z)), found[row], 1e-5);
        }
    }

    [Fact]
    public void Linear_and_fm_alone_is_a_factorisation_machine()
    {
        var world = new ToyWorld(TaskType.Binary);
        var layout = OneWidth(world.Layout);
        var model = new MultiTaskModel(layout, Flat(Interaction.Linear, Interaction.Fm) with { Embedding = 4 });
        Assert.Equal((6 + 3 + 4 + 2) * (1 + 4) + 1, model.Graph.WeightCount);

        // what depends on a pair of values alone is learned by it, and not by logistic regression
        float Loss(params Interaction[] interactions)
        {
            var net = new MultiTaskModel(layout, Flat(interactions) with { Embedding = 4, EmbeddingDeviation = 0.3 });
            using var store = new ParameterStore(net.Graph, 3, 2);
            var batch = world.Rows();
            for (var row = 0; row < batch.Count; row++) batch.Labels[row] = batch.Ids[2 * row] % 2 == batch.Ids[2 * row + 1] % 2 ? 1 : 0;
            return (float)ToyWorld.Train(net, store, batch, 200)[0];
        }

        Assert.InRange(Loss(Interaction.Linear), 0.4f, 0.8f);
        Assert.InRange(Loss(Interaction.Linear, Interaction.Fm), 0, 0.15f);
    }

    [Fact]
    public void Pieces_of_a_number_are_embedded_together()
    {
        var world = new ToyWorld(TaskType.Binary);
        var layout = OneWidth(world.Layout) with { Numbers = ["n", "price:1", "price:2", "price:3", "m"], Pieces = [new NumberPieces("price", 1, 3, null)] };
        var model = new MultiTaskModel(layout, Flat(Interaction.Fm) with { Embedding = 4 });
        // 13 values, 2 numbers and a linear layer of three pieces, each of width 4
        Assert.Equal((13 + 2) * 4 + (3 + 1) * 4 + 1, model.Graph.WeightCount);
        var deep = new MultiTaskModel(layout, new ModelOptions { Architecture = "single_task", Embedding = 4, Bottom = [7], Tower = [], Normalization = Normalization.None });
        // what the layer reads: three features' embeddings, that of the pieces, two numbers
        Assert.Equal(3 * 4 + 4 + 2, deep.Graph.Parameters.Single(p => p.Name == "bottom/a/0/weight").Rows);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var world = new ToyWorld(TaskType.Binary);
        var mixed = Assert.Throws<InputException>(() => new MultiTaskModel(world.Layout, Flat(Interaction.Fm)));
        Assert.Contains("must be of one width, and here they are 5 and 8 wide", mixed.Message, StringComparison.Ordinal);
        var mixup = Assert.Throws<InputException>(() => new MultiTaskModel(world.Layout, new ModelOptions { Interactions = [Interaction.Linear], Mixup = 0.2 }));
        Assert.Contains("remove 'model.mixup'", mixup.Message, StringComparison.Ordinal);
        Assert.NotNull(new MultiTaskModel(world.Layout, new ModelOptions { Interactions = [Interaction.Dcn], Mixup = 0.2 }));
    }

    private static Layout OneWidth(Layout layout) => layout with { Ids = [.. layout.Ids.Select(f => f with { Embedding = null })] };

    private static ModelOptions Flat(params Interaction[] interactions) => new() { Architecture = "single_task", Bottom = [], Tower = [], Interactions = interactions };
}
