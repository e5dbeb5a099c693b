using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

public sealed class TextTowerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TextFolder _bert = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", TextSummary.First, TextTraining.Whole)]
    [InlineData("bert.", TextSummary.Mean, TextTraining.Whole)]
    [InlineData("bert.", TextSummary.First, TextTraining.Adapters)]
    [InlineData("", TextSummary.Mean, TextTraining.Adapters)]
    [InlineData("", TextSummary.Mean, TextTraining.Frozen)]
    public void A_folder_gives_what_its_formulas_give_in_double(string prefix, TextSummary summary, TextTraining train)
    {
        var found = Encode(Field(prefix, summary, train), _bert.Texts);
        var expected = summary == TextSummary.First ? _bert.First : _bert.Mean;
        for (var text = 0; text < expected.Length; text++) Check.Near($"text {text}", expected[text], found[text], 1e-5);
    }

    [Fact]
    public void A_text_is_the_same_whatever_stands_beside_it()
    {
        var field = Field("", TextSummary.Mean, TextTraining.Whole);
        var together = Encode(field, _bert.Texts);
        for (var text = 0; text < together.Length; text++)
            Check.Near($"text {text}", [.. Encode(field, [_bert.Texts[text]])[0].Select(v => (double)v)], together[text], 1e-6);
        Assert.All(Encode(field, [_bert.Texts[0], []])[1], v => Assert.Equal(0, v));
    }

    [Fact]
    public void Remembered_texts_are_the_same_and_an_empty_one_is_zeros()
    {
        var network = new Graph();
        var frozen = new FrozenText(network, "text", Field("", TextSummary.Mean, TextTraining.Frozen));
        using var store = new ParameterStore(network, 1);
        var texts = Enumerable.Range(0, 200).Select(i => i % 4 == 3 ? [] : _bert.Texts[i % 4]).ToArray();
        for (var round = 0; round < 2; round++)
        {
            var found = Frozen(frozen, store, texts);
            for (var i = 0; i < texts.Length; i++) Check.Near($"text {i}", i % 4 == 3 ? new double[8] : _bert.Mean[i % 4], found[i], 1e-5);
        }

        // other weights, other results
        using var other = new ParameterStore(network, 1);
        foreach (var table in network.Tables)
            if (table.Name.EndsWith("output.LayerNorm/shift", StringComparison.Ordinal)) other.Values(table, 0)[0] += 1;
        Assert.NotEqual(Frozen(frozen, store, texts)[0][0], Frozen(frozen, other, texts)[0][0], 1e-3);
    }

    [Fact]
    public void Only_adapters_are_trained_where_that_is_asked_for()
    {
        var graph = new Graph();
        TextTower.Build(graph, "text", graph.Bag("tokens"), Field("", TextSummary.Mean, TextTraining.Adapters), 0.1);
        Assert.All(graph.Parameters.Where(p => p.Trainable), p => Assert.Contains("/adapter/", p.Name, StringComparison.Ordinal));
        // two layers of two adapters, each with two weights and two biases
        Assert.Equal(16, graph.Parameters.Count(p => p.Trainable));
        Assert.All(graph.Tables, t => Assert.False(t.Trainable));
    }

    [Theory]
    [InlineData(TextTraining.Whole)]
    [InlineData(TextTraining.Adapters)]
    public void Gradients_are_the_slopes_of_the_loss(TextTraining train)
    {
        var graph = new Graph();
        var tokens = graph.Bag("tokens");
        var prediction = TextTower.Build(graph, "text", tokens, Field("", TextSummary.Mean, train), 0).Linear("head", 1);
        var (label, weight) = (graph.Input("label", 1), graph.Input("weight", 1));
        _ = new SquaredError("loss", prediction, label, weight);
        using var store = new ParameterStore(graph, 3, 0);
        var random = new Random(4);
        // an adapter that begins with zeros passes nothing to what lies before it
        foreach (var parameter in graph.Parameters.Where(p => p.Name.Contains("/adapter/", StringComparison.Ordinal)))
            foreach (ref var value in store.Values(parameter)) value = random.NextSingle() - 0.5f;
        store.Touch();
        using var plan = new TrainingPlan(store, new Sgd(), 3, 1, 1, 0);
        double Loss()
        {
            store.Touch();
            SetTexts(plan, tokens);
            for (var row = 0; row < 3; row++) (plan.Input(label)[row], plan.Input(weight)[row]) = (row - 1, 1f / 3);
            return plan.Forward(3)[0];
        }

        Loss();
        plan.Backward([1]);
        foreach (var parameter in graph.Parameters.Where(p => p.Trainable))
        {
            var slopes = new float[parameter.Length];
            plan.CopyGradient(parameter, slopes);
            var at = random.Next(parameter.Length);
            ref var value = ref store.Values(parameter)[at];
            var before = value;
            const float Step = 4e-3f;
            value = before + Step;
            var above = Loss();
            value = before - Step;
            var slope = (above - Loss()) / (2 * Step);
            value = before;
            Assert.True(Math.Abs(slope - slopes[at]) <= 2e-3 + 0.02 * Math.Abs(slope), $"{parameter.Name}[{at}]: {slope} by difference, {slopes[at]} by the way back");
        }
    }

    [Theory]
    [InlineData("embeddings.word_embeddings.weight")]
    [InlineData("encoder.layer.1.output.LayerNorm.bias")]
    public void A_missing_tensor_is_named(string name)
    {
        _bert.Tensors.RemoveAll(t => t.Name == name);
        Assert.Contains($"'{name}' is missing", Assert.Throws<InputException>(() => Encode(Field("", TextSummary.Mean, TextTraining.Whole), _bert.Texts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused()
    {
        var at = _bert.Tensors.FindIndex(t => t.Name == "encoder.layer.0.intermediate.dense.weight");
        _bert.Tensors[at] = (_bert.Tensors[at].Name, [8, 16], _bert.Tensors[at].Values);
        Assert.Contains("[8, 16]", Assert.Throws<InputException>(() => Encode(Field("", TextSummary.Mean, TextTraining.Whole), _bert.Texts)).Message, StringComparison.Ordinal);
    }

    private TextField Field(string prefix, TextSummary summary, TextTraining train)
    {
        var path = _bert.Write(_folder, prefix);
        return new TextField(TextShape.ReadConfig(Path.Combine(path, "config.json")), summary, train, 3) { Weights = Path.Combine(path, "model.safetensors") };
    }

    private static float[][] Encode(TextField field, int[][] texts)
    {
        var graph = new Graph();
        if (field.Train == TextTraining.Frozen)
        {
            var frozen = new FrozenText(graph, "text", field);
            using var weights = new ParameterStore(graph, 1);
            return Frozen(frozen, weights, texts);
        }

        var tokens = graph.Bag("tokens");
        var result = TextTower.Build(graph, "text", tokens, field, 0.1);
        using var store = new ParameterStore(graph, 1);
        using var plan = new InferencePlan(store, texts.Length, outputs: [result]);
        plan.SetBag(tokens, Offsets(texts), [.. texts.SelectMany(t => t)]);
        plan.Run(texts.Length);
        var all = new float[texts.Length * result.Width];
        plan.Copy(result, all);
        return [.. all.Chunk(result.Width)];
    }

    private static float[][] Frozen(FrozenText frozen, ParameterStore store, int[][] texts)
    {
        var all = new float[texts.Length * frozen.Width];
        frozen.Encode(store, Offsets(texts), [.. texts.SelectMany(t => t)], all);
        return [.. all.Chunk(frozen.Width)];
    }

    private void SetTexts(TrainingPlan plan, BagNode tokens) => plan.SetBag(tokens, Offsets(_bert.Texts), [.. _bert.Texts.SelectMany(t => t)]);

    private static int[] Offsets(int[][] texts)
    {
        var offsets = new int[texts.Length + 1];
        for (var i = 0; i < texts.Length; i++) offsets[i + 1] = offsets[i] + texts[i].Length;
        return offsets;
    }
}
