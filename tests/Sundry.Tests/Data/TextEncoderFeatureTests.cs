using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;
using Encoder = Sundry.Data.Encoder;

namespace Sundry.Tests;

public sealed class TextEncoderFeatureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TextFolder _bert = new();

    public TextEncoderFeatureTests()
    {
        _folder.Write("train.csv", "t,good\nw7 w9,1\n,0\nW11 w5 w5 w19 w4 w4 w4,1\nstrange w9,0\nw7,1\n");
        _folder.Write("valid.csv", "t,good\nw9 w7,1\nw4,0\n");
        _bert.Write(_folder);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pieces_stand_between_marks_and_no_text_is_longer_than_the_positions()
    {
        using var data = Prepare(Folder(TextTraining.Frozen));
        Assert.Equal(["2 7 9 3", "", "2 11 5 5 19 3", "2 1 9 3", "2 7 3"], Rows(data.Layout, data.Train));
        var field = Assert.Single(data.Layout.Bags);
        Assert.Equal((20, 6), (field.Rows, field.Length));
        Assert.EndsWith("model.safetensors", field.Text!.Weights, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_stand_behind_a_mark_in_their_order()
    {
        using var data = Prepare(new FeatureOptions { Kind = FeatureKind.Text, MinCount = 2, Length = 4, Encoder = new TextEncoderOptions { Width = 4, Heads = 2 } });
        // equally frequent ones as they came: w7, w9, w5
        Assert.Equal(["1 2 3", "", "1 0 4 4", "1 0 3", "1 2"], Rows(data.Layout, data.Train));
    }

    [Theory]
    [InlineData(TextTraining.Whole)]
    [InlineData(TextTraining.Adapters)]
    [InlineData(TextTraining.Frozen)]
    public void A_bundle_needs_no_folder(TextTraining train)
    {
        using var data = Prepare(Folder(train));
        var model = new MultiTaskModel(data.Layout, new ModelOptions { Normalization = Normalization.None });
        using var store = new ParameterStore(model.Graph, 5);
        var info = new BundleInfo(Bundle.FormatVersion, "test", "texts", ["good"], "equal", 1, model.Options, "");
        Bundle.Save(_folder.Path("model"), info, data.Encoder, store, new Dictionary<string, byte[]>(), overwrite: false);
        Directory.Delete(_folder.Path("bert"), recursive: true);
        using var bundle = Bundle.Load(_folder.Path("model"));
        Assert.Equal(Predictions(model, store, data), Predictions(bundle.Model, bundle.Store, data));
    }

    [Theory]
    [InlineData("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nw4\n", "it has 5 pieces, and config.json says 20")]
    [InlineData("vocab.txt", "[PAD]\n[UNK]\nw4\n", "no [CLS]")]
    [InlineData("config.json", "{", "does not say the sizes")]
    [InlineData("config.json", "{\"vocab_size\":20}", "does not say the sizes")]
    [InlineData("config.json", "{\"model_type\":\"gpt2\"}", "'gpt2'")]
    [InlineData("config.json", "{\"hidden_act\":\"relu\"}", "'relu'")]
    [InlineData("config.json", "{\"vocab_size\":20,\"hidden_size\":2147483647,\"num_hidden_layers\":2,\"num_attention_heads\":1,\"intermediate_size\":16,\"max_position_embeddings\":6}", "cannot be those")]
    [InlineData("config.json", "{\"vocab_size\":20,\"hidden_size\":8,\"num_hidden_layers\":2,\"num_attention_heads\":3,\"intermediate_size\":16,\"max_position_embeddings\":6}", "cannot be those")]
    public void A_folder_that_cannot_be_is_refused_in_one_sentence(string file, string text, string message)
    {
        File.WriteAllText(Path.Combine(_folder.Path("bert"), file), text);
        Assert.Contains(message, Assert.Throws<InputException>(() => Prepare(Folder(TextTraining.Whole)).Dispose()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind: text, grams: 2, encoder: {}", "remove 'grams'")]
    [InlineData("kind: text, encoder: {train: frozen}", "name a 'folder'")]
    [InlineData("kind: text, encoder: {width: 10, heads: 4}", "divided among 4 heads")]
    [InlineData("kind: text, tokens: pieces, vocabulary: v, encoder: {folder: f}", "remove this one")]
    [InlineData("kind: numeric, encoder: {}", "kind: text")]
    public void Options_that_do_not_fit_are_refused(string text, string message)
    {
        var refused = Assert.Throws<InputException>(() => ConfigReader.Read<FeatureOptions>($"{{{text}}}", "sundry.yaml"));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static FeatureOptions Folder(TextTraining train) => new() { Kind = FeatureKind.Text, Encoder = new TextEncoderOptions { Folder = "bert", Train = train } };

    private static float[] Predictions(MultiTaskModel model, ParameterStore store, Dataset data)
    {
        using var predictor = new Predictor(model, store, data.Train.Count);
        var batch = new Batch(data.Layout, data.Train.Count);
        data.Train.Fill(batch, 0, data.Train.Count);
        predictor.Run(batch);
        var found = new float[data.Train.Count];
        predictor.Predictions(model.Heads[0], found);
        return found;
    }

    private string[] Rows(Layout layout, EncodedTable table)
    {
        var prepared = new Batch(layout, table.Count);
        table.Fill(prepared, 0, table.Count);
        return [.. Enumerable.Range(0, table.Count).Select(row => string.Join(' ', prepared.BagIds[0][prepared.BagOffsets[0][row]..prepared.BagOffsets[0][row + 1]]))];
    }

    private Dataset Prepare(FeatureOptions options)
    {
        var data = new DataOptions { Train = ["train.csv"], Validation = new ValidationOptions { Files = ["valid.csv"] }, Split = new SplitOptions { Test = new Share(0) } };
        var made = Dataset.Prepare(new DataRequest(data, new Dictionary<string, FeatureOptions> { ["t"] = options }, [], new Dictionary<string, TaskOptions> { ["good"] = new() }, _folder.Root));
        // what a loaded encoder makes of raw rows is what was prepared
        using var memory = new MemoryStream();
        made.Encoder.Save(memory);
        memory.Position = 0;
        var encoded = new Batch(made.Layout, made.Train.Count);
        using var reader = TableReader.Open(["train.csv"], ReadOptions.Of(new DataOptions { Train = ["train.csv"] }, _folder.Root));
        var rows = Encoder.Load(memory).For(reader.Header, "train.csv");
        while (reader.Read()) rows.Append(encoded, reader.Current);
        var prepared = new Batch(made.Layout, made.Train.Count);
        made.Train.Fill(prepared, 0, made.Train.Count);
        Assert.Equal(prepared.BagOffsets[0], encoded.BagOffsets[0]);
        Assert.Equal(prepared.BagIds[0][..prepared.BagOffsets[0][^1]], encoded.BagIds[0][..prepared.BagOffsets[0][^1]]);
        return made;
    }
}
