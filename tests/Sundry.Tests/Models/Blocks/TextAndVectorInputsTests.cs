using Sundry.Compute;
using Sundry.Data;
using Sundry.Models;

namespace Sundry.Tests;

public sealed class TextAndVectorInputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shared_bottom")]
    [InlineData("single_task")]
    [InlineData("stem")]
    public void A_loaded_bundle_predicts_raw_rows_as_prepared_ones(string architecture)
    {
        File.WriteAllBytes(_folder.Path("images.npy"), NpyBytes.Of([[1, 2], [3, 6], [-5, 10]]));
        _folder.Write("ids.txt", "a\nb\nc\n");
        _folder.Write("train.csv", "words,item,x,y,age,good,stars\nRed dress red,a,1,2,7,1,5\nblue dress,b,3,4,3,0,1\n,c,,1,2,1,4\nred shoes,z,2,1,9,0,2\nred blue dress,a,5,5,1,1,3\n");
        _folder.Write("valid.csv", "words,item,x,y,age,good,stars\nred,b,1,1,1,1,2\nblue,,2,2,2,0,4\n");
        var features = new Dictionary<string, FeatureOptions>
        {
            ["words"] = new() { Kind = FeatureKind.Text, Grams = 2, MinCount = 1, Weights = TextWeights.Tfidf, Embedding = 5 },
            ["image"] = new() { Kind = FeatureKind.Vector, Of = ["item"], File = "images.npy", Keys = "ids.txt", Embedding = 3 },
            ["place"] = new() { Kind = FeatureKind.Vector, Of = ["x", "y"] },
            ["age"] = new() { Kind = FeatureKind.Numeric },
        };
        var tasks = new Dictionary<string, TaskOptions> { ["good"] = new(), ["stars"] = new() { Type = TaskType.Regression } };
        var options = new DataOptions { Train = ["train.csv"], Validation = new ValidationOptions { Files = ["valid.csv"] }, Split = new SplitOptions { Test = new Share(0) } };
        using var data = Dataset.Prepare(new DataRequest(options, features, [], tasks, _folder.Root));
        var model = new MultiTaskModel(data.Layout, new ModelOptions { Architecture = architecture, Normalization = Normalization.None, EmbeddingDeviation = 1 });
        using var store = new ParameterStore(model.Graph, 5);
        // one table of vectors, whatever the architecture has of embeddings
        var table = Assert.Single(model.Graph.Tables, t => !t.Trainable);
        Assert.Equal(("vectors/image", 5, 2), (table.Name, table.Rows, table.Width));
        Assert.NotEqual([0, 0], store.Values(table, 2).ToArray());
        var info = new BundleInfo(Bundle.FormatVersion, "test", "texts", ["good", "stars"], "equal", 1, model.Options, "");
        Bundle.Save(_folder.Path("model"), info, data.Encoder, store, new Dictionary<string, byte[]>(), overwrite: false);
        File.Delete(_folder.Path("images.npy"));
        Directory.Delete(_folder.Path(".sundry"), recursive: true);
        using var bundle = Bundle.Load(_folder.Path("model"));
        var raw = new Batch(bundle.Encoder.Layout, 5);
        using (var reader = TableReader.Open(["train.csv"], ReadOptions.Of(options, _folder.Root)))
        {
            var rows = bundle.Encoder.For(reader.Header, "train.csv");
            while (reader.Read()) rows.Append(raw, reader.Current);
        }

        var prepared = new Batch(data.Layout, 5);
        data.Train.Fill(prepared, 0, 5);
        foreach (var task in new[] { 0, 1 })
        {
            var found = Predictions(bundle.Model, bundle.Store, raw, task);
            Assert.Equal(Predictions(model, store, prepared, task), found);
            Assert.Equal(5, found.Distinct().Count());
        }
    }

    [Fact]
    public void A_weighted_bag_is_linear_in_its_terms()
    {
        _folder.Write("train.csv", "words,good\nred dress red,1\nblue dress,0\nred shoes shoes shoes,1\n,0\n");
        _folder.Write("valid.csv", "words,good\nred,1\nblue,0\n");
        var features = new Dictionary<string, FeatureOptions> { ["words"] = new() { Kind = FeatureKind.Text, MinCount = 1, Weights = TextWeights.Tfidf, Embedding = 2 } };
        var options = new DataOptions { Train = ["train.csv"], Validation = new ValidationOptions { Files = ["valid.csv"] }, Split = new SplitOptions { Test = new Share(0) } };
        using var data = Dataset.Prepare(new DataRequest(options, features, [], new Dictionary<string, TaskOptions> { ["good"] = new() }, _folder.Root));
        var model = new MultiTaskModel(data.Layout, new ModelOptions { Architecture = "shared_bottom", Bottom = [], Tower = [], Normalization = Normalization.None, EmbeddingDeviation = 1 });
        using var store = new ParameterStore(model.Graph, 5);
        using var predictor = new Predictor(model, store, 4);
        var batch = new Batch(data.Layout, 4);
        data.Train.Fill(batch, 0, 4);
        predictor.Run(batch);
        var logits = new float[4];
        predictor.Copy(model.Heads[0].Logits, logits);
        var table = Assert.Single(model.Graph.Tables);
        // scikit-learn's weights of these four texts; rows in the order of how many texts hold a word, then of appearance: red, dress, blue, shoes
        double[][] weights = [[0.8944271909999159, 0.4472135954999579, 0, 0], [0, 0.6191302964899972, 0.7852882757103967, 0], [0.25417302589367324, 0, 0, 0.9671587630312067], [0, 0, 0, 0]];
        var layer = model.Graph.Parameters.Single(p => p.Rows == 2 && p.Columns == 1);
        for (var row = 0; row < 4; row++)
        {
            double sum = logits[3];
            for (var word = 0; word < 4; word++)
                for (var i = 0; i < 2; i++)
                    sum += weights[row][word] * store.Values(table, word + 1)[i] * store.Values(layer)[i];
            Assert.Equal(sum, logits[row], 1e-5);
        }
    }

    [Fact]
    public void An_encoder_trained_from_random_weights_learns_an_order()
    {
        // the same three words in every text: what is before what is all that there is to learn
        var random = new Random(2);
        string Rows(int count) => "t,good\n" + string.Concat(Enumerable.Range(0, count).Select(_ =>
        {
            string[] words = [.. "red blue green".Split(' ').OrderBy(_ => random.Next())];
            return $"{string.Join(' ', words)},{(Array.IndexOf(words, "red") < Array.IndexOf(words, "blue") ? 1 : 0)}\n";
        }));
        _folder.Write("train.csv", Rows(256));
        _folder.Write("valid.csv", Rows(64));
        var features = new Dictionary<string, FeatureOptions> { ["t"] = new() { Kind = FeatureKind.Text, Length = 8, Encoder = new TextEncoderOptions { Layers = 1, Width = 16, Heads = 2 } } };
        var options = new DataOptions { Train = ["train.csv"], Validation = new ValidationOptions { Files = ["valid.csv"] }, Split = new SplitOptions { Test = new Share(0) } };
        using var data = Dataset.Prepare(new DataRequest(options, features, [], new Dictionary<string, TaskOptions> { ["good"] = new() }, _folder.Root));
        var model = new MultiTaskModel(data.Layout, new ModelOptions { Architecture = "shared_bottom", Bottom = [], Tower = [], Normalization = Normalization.None, Dropout = 0 });
        var adam = new Adam();
        using var store = new ParameterStore(model.Graph, 5, adam.Moments);
        using var plan = new TrainingPlan(store, adam, 64, 2, 2, 1);
        var batch = new Batch(data.Layout, 64);
        for (var step = 0; step < 400; step++)
        {
            data.Train.Fill(batch, [.. Enumerable.Range(0, 64).Select(_ => random.Next(256))]);
            model.Fill(plan, batch, new double[1]);
            plan.Forward(64);
            plan.Backward([1]);
            plan.Update(0.01);
        }

        data.Validation.Fill(batch, 0, 64);
        var found = Predictions(model, store, batch, 0);
        Assert.True(Enumerable.Range(0, 64).Count(row => found[row] > 0.5 == batch.Labels[row] > 0.5) >= 63);
    }

    private static float[] Predictions(MultiTaskModel model, ParameterStore store, Batch batch, int task)
    {
        using var predictor = new Predictor(model, store, batch.Count);
        predictor.Run(batch);
        var found = new float[batch.Count];
        predictor.Predictions(model.Heads[task], found);
        return found;
    }
}
