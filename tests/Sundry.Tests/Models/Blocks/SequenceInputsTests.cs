using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

/// <summary>Sequences in a model: what encoders make of them in every architecture, whose rows they share, and what is refused.</summary>
public sealed class SequenceInputsTests
{
    public static TheoryData<string> Architectures => [.. Sundry.Models.Architectures.Names];

    private static IEnumerable<SequenceOptions> Encoders =>
    [
        new(),
        new() { Encoder = SequenceEncoding.Din, Target = "item", Layers = [5, 4] },
        new() { Encoder = SequenceEncoding.Din, Target = "item", Activation = TargetActivation.Prelu, Softmax = true },
        new() { Encoder = SequenceEncoding.Din, Target = "item", Activation = TargetActivation.Sigmoid },
        new() { Encoder = SequenceEncoding.Gru, Units = 5 },
        new() { Encoder = SequenceEncoding.Attention, Heads = 2 },
        new() { Encoder = SequenceEncoding.Interests, Interests = 3 },
        new() { Encoder = SequenceEncoding.Interests, Target = "item" },
    ];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Every_architecture_reads_every_encoder(string architecture)
    {
        foreach (var encoder in Encoders)
        {
            if (architecture == "soft_sharing" && encoder.Encoder != SequenceEncoding.Mean) continue;
            var layout = HistoryWorld.Layout(6, TaskType.Binary, TaskType.Binary);
            layout = layout with { Tasks = [layout.Tasks[0], layout.Tasks[1] with { After = ["a"] }] };
            var model = new MultiTaskModel(layout, HistoryWorld.Options(encoder, architecture));
            using var store = new ParameterStore(model.Graph, 1, 2);
            var batch = HistoryWorld.Rows(layout, 0, 60);
            Assert.All(ToyWorld.Train(model, store, batch, 3), loss => Assert.True(double.IsFinite(loss)));
            Assert.All(ToyWorld.Train(model, store, HistoryWorld.Rows(layout, 0, 1), 1), loss => Assert.True(double.IsFinite(loss)));
            Assert.All(ToyWorld.Predict(model, store, batch), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Every_weight_of_every_encoder_is_trained()
    {
        foreach (var encoder in Encoders)
        {
            var layout = HistoryWorld.Layout();
            var model = new MultiTaskModel(layout, HistoryWorld.Options(encoder));
            using var store = new ParameterStore(model.Graph, 1);
            using var plan = new TrainingPlan(store, new Sgd(), 200, 1, 1, seed: 1);
            for (var step = 0; step < 2; step++)
            {
                model.Fill(plan, HistoryWorld.Rows(layout, 0, 200), new double[1]);
                plan.Forward(200);
                plan.Backward(model.LossWeights());
                plan.Update(0.1);
            }

            foreach (var parameter in model.Graph.Parameters.Where(p => p.Trainable))
            {
                var gradient = new float[parameter.Length];
                plan.CopyGradient(parameter, gradient);
                // a key's bias adds the same to all weights of a query, which the softmax takes away
                if (!parameter.Name.EndsWith("key/bias", StringComparison.Ordinal)) Assert.True(gradient.Any(g => g != 0), $"{encoder.Encoder} never trains {parameter.Name}");
            }
        }
    }

    [Theory]
    [InlineData(SequenceEncoding.Mean, 0.75)]
    [InlineData(SequenceEncoding.Din, 0.95)]
    public void A_target_is_found_in_its_history_by_din_alone(SequenceEncoding encoder, double share)
    {
        var layout = HistoryWorld.Layout(8);
        layout = layout with { Numbers = [], Bags = [layout.Bags[0] with { Length = 12 }] };
        var options = HistoryWorld.Options(new SequenceOptions { Encoder = encoder, Target = encoder == SequenceEncoding.Din ? "item" : null }) with { Bottom = [], Tower = [] };
        // the label asks whether the item is anywhere in a history of three at most
        Batch Rows(int first, int count)
        {
            var full = HistoryWorld.Rows(HistoryWorld.Layout(8), first, count);
            var batch = new Batch(layout, count) { Count = count };
            full.Ids.CopyTo(batch.Ids, 0);
            full.Labels.CopyTo(batch.Labels, 0);
            full.Weights.CopyTo(batch.Weights, 0);
            List<int> ids = [];
            for (var r = 0; r < count; r++)
            {
                ids.AddRange(full.BagIds[0][full.BagOffsets[0][r]..full.BagOffsets[0][r + 1]].TakeLast(3));
                batch.BagOffsets[0][r + 1] = ids.Count;
            }

            batch.BagIds[0] = [.. ids];
            return batch;
        }

        var model = new MultiTaskModel(layout, options);
        using var store = new ParameterStore(model.Graph, 5, 2);
        ToyWorld.Train(model, store, Rows(0, HistoryWorld.Count), 250, rate: 0.03);
        var test = Rows(5000, 300);
        var right = ToyWorld.Predict(model, store, test).Zip(test.Labels, (p, y) => p > 0.5 == y > 0.5 ? 1.0 : 0).Average();
        if (encoder == SequenceEncoding.Din) Assert.True(right > share, $"{right}");
        else Assert.True(right < share, $"{right}");
    }

    [Fact]
    public void A_history_has_the_rows_of_its_items()
    {
        var layout = HistoryWorld.Layout();
        var model = new MultiTaskModel(layout, HistoryWorld.Options(new SequenceOptions { Encoder = SequenceEncoding.Gru }));
        Assert.Equal([(2, 3), (6, 5 + 9 + 4)], model.Graph.Tables.Select(t => (t.Width, t.Rows)).Order());
        using var store = new ParameterStore(model.Graph, 1);
        using var plan = new TrainingPlan(store, new Sgd(), 1, 1, 1, seed: 1);
        // item 3 in the row and item 7 in its history alone
        var batch = HistoryWorld.Rows(layout, 1, 1);
        (batch.Ids[1], batch.BagIds[0]) = (3, [7]);
        model.Fill(plan, batch, new double[1]);
        plan.Forward(1);
        plan.Backward([1]);
        plan.Update(0);
        var items = Enumerable.Range(5, 9).Where(row => plan.CopyGradient(model.Graph.Tables.Single(t => t.Width == 6), row, new float[6])).ToList();
        Assert.Equal([5 + 3, 5 + 7], items);
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("din")]
    public void A_users_history_is_read_once_a_request(string encoder)
    {
        var layout = HistoryWorld.Layout();
        var options = encoder == "gru" ? new SequenceOptions { Encoder = SequenceEncoding.Gru } : new SequenceOptions { Encoder = SequenceEncoding.Din, Target = "item" };
        var model = new MultiTaskModel(layout, HistoryWorld.Options(options, "mmoe"));
        using var store = new ParameterStore(model.Graph, 1);
        var batch = HistoryWorld.Rows(layout, 0, 50);
        for (var bag = 0; bag < 2; bag++)
        {
            int[] first = batch.BagIds[bag][batch.BagOffsets[bag][12]..batch.BagOffsets[bag][13]];
            batch.BagIds[bag] = [.. Enumerable.Repeat(first, 50).SelectMany(ids => ids)];
            for (var row = 0; row <= 50; row++) batch.BagOffsets[bag][row] = row * first.Length;
        }

        for (var row = 0; row < 50; row++) batch.Ids[2 * row] = batch.Ids[0];
        using var plain = new Predictor(model, store, 50, 2);
        using var shared = new Predictor(model, store, 50, 2, ["user", "history", "history:kind"]);
        plain.Run(batch);
        shared.Run(batch);
        var (expected, found) = (new float[50], new float[50]);
        plain.Predictions(model.Heads[0], expected);
        shared.Predictions(model.Heads[0], found);
        for (var row = 0; row < 50; row++) Assert.Equal(expected[row], found[row], 1e-6f);
        Assert.Equal(encoder == "gru", shared.Plan.Ops.Any(op => op.GetType().Name == "OnceOp" && op.Tokens is not null));
    }

    [Fact]
    public void What_cannot_be_read_is_refused()
    {
        Refused("names 'histroy', which is no sequence; did you mean 'history'?", new() { ["histroy"] = new() });
        Refused("names 'tags', which is no sequence", new() { ["tags"] = new() });
        Refused("names 'history:kind', which is no sequence", new() { ["history:kind"] = new() });
        Refused("target names 'itm', which is no categorical feature", new() { ["history"] = new() { Encoder = SequenceEncoding.Din, Target = "itm" } });
        Refused("target is 'user', which has embeddings of its own", new() { ["history"] = new() { Encoder = SequenceEncoding.Din, Target = "user" } });
        Refused("cannot be divided among 4 heads", new() { ["history"] = new() { Encoder = SequenceEncoding.Attention, Heads = 4 } });
        var layout = HistoryWorld.Layout();
        layout = layout with { Bags = [layout.Bags[0] with { Embedding = 4 }, .. layout.Bags.Skip(1)] };
        Assert.Contains("share the table 'item' and ask for embeddings of width 6 and 4", Assert.Throws<InputException>(() => new MultiTaskModel(layout, new ModelOptions())).Message, StringComparison.Ordinal);
        Assert.Contains("would not", Assert.Throws<InputException>(() => new MultiTaskModel(HistoryWorld.Layout(6, TaskType.Binary, TaskType.Binary), HistoryWorld.Options(new() { Encoder = SequenceEncoding.Gru }, "soft_sharing"))).Message, StringComparison.Ordinal);
    }

    private static void Refused(string message, Dictionary<string, SequenceOptions> sequences) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => new MultiTaskModel(HistoryWorld.Layout(), new ModelOptions { Sequences = sequences })).Message, StringComparison.Ordinal);
}
