using System.Text.Json.Nodes;
using Sundry.Data;
using Encoder = Sundry.Data.Encoder;

namespace Sundry.Tests;

public sealed class TextFeatureTests : IDisposable
{
    private const string Train = "title,review,good\nRed dress,\"red, and fine\",1\nBlue dress,,0\n,Red shoes shoes shoes,1\nNA,,0\nA dress,fine,1\n";
    private const string Valid = "title,review,good\nRed dress,unseen words,1\n,,0\nnull,blue shoes,1\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TextWeights.None, null)]
    [InlineData(TextWeights.Tfidf, null)]
    [InlineData(TextWeights.Tfidf, 50)]
    public void Prepared_rows_and_encoded_rows_are_equal_to_the_bit(TextWeights weights, int? hash)
    {
        using var data = Prepare(Text(weights, hash: hash, grams: 2));
        using var memory = new MemoryStream();
        data.Encoder.Save(memory);
        memory.Position = 0;
        var loaded = Encoder.Load(memory);
        foreach (var (table, file) in new[] { (data.Train, "train.csv"), (data.Validation, "valid.csv") })
        {
            var prepared = new Batch(data.Layout, table.Count);
            table.Fill(prepared, 0, table.Count);
            var encoded = new Batch(loaded.Layout, table.Count);
            using var reader = TableReader.Open([file], ReadOptions.Of(new DataOptions { Train = [file] }, _folder.Root));
            var rows = loaded.For(reader.Header, file);
            while (reader.Read()) rows.Append(encoded, reader.Current);
            Assert.Equal(prepared.BagOffsets[0][..(table.Count + 1)], encoded.BagOffsets[0][..(table.Count + 1)]);
            Assert.Equal(Ids(prepared, 0, table.Count), Ids(encoded, 0, table.Count));
        }

        Assert.Equal(data.Layout.Bags[0].Weights?.Rarity.ToArray(), loaded.Layout.Bags[0].Weights?.Rarity.ToArray());
        Assert.Equal(["title", "review"], loaded.InputColumns);
    }

    [Fact]
    public void Texts_of_several_columns_are_counted_on_training_rows_alone()
    {
        using var data = Prepare(Text(TextWeights.Tfidf, minCount: 2));
        // dress is in three of five training texts, red and fine in two; shoes in one alone, whatever the validation rows hold
        var field = Assert.Single(data.Layout.Bags);
        Assert.Equal(("words", 4, Pooling.Sum), (field.Name, field.Rows, field.Pooling));
        Assert.Equal(Math.Log(6.0 / 4) + 1, field.Weights!.Rarity[1], 1e-6);
        Assert.Equal(Math.Log(6.0 / 3) + 1, field.Weights.Rarity[2], 1e-6);
        var batch = new Batch(data.Layout, 5);
        data.Train.Fill(batch, 0, 5);
        Assert.Equal([1, 2, 2, 3], Ids(batch, 0, 1));
        Assert.Equal([1], Ids(batch, 1, 2));
        Assert.Equal([2], Ids(batch, 2, 3));
        Assert.Empty(Ids(batch, 3, 4));
        var summary = data.Summary.Features.Single(feature => feature.Name == "words");
        Assert.Equal(("text", "vocabulary of 4 rows", 1), (summary.Kind, summary.Encoding, summary.Missing));
    }

    [Fact]
    public void A_word_that_means_missing_elsewhere_is_a_word_in_a_text()
    {
        _folder.Write("train.csv", "words,good\nnothing is NA here,1\nNA is NA,0\nNA,1\nwell,0\n");
        _folder.Write("valid.csv", "words,good\nNA is,1\n,0\n");
        using var data = Prepare(new FeatureOptions { Kind = FeatureKind.Text }, write: false);
        Assert.Equal(3, data.Layout.Bags[0].Rows);
        var batch = new Batch(data.Layout, 4);
        data.Train.Fill(batch, 0, 4);
        Assert.Equal([1, 2, 2], Ids(batch, 1, 2));
        Assert.Empty(Ids(batch, 2, 3));
    }

    [Fact]
    public void Another_vocabulary_prepares_anew()
    {
        _folder.Write("vocab.txt", "[UNK]\nred\ndr\n##ess\n");
        var options = new FeatureOptions { Kind = FeatureKind.Text, Of = ["title", "review"], Tokens = TextTokens.Pieces, Vocabulary = "vocab.txt", MinCount = 1 };
        using (var data = Prepare(options)) Assert.Equal(5, data.Layout.Bags[0].Rows);
        using (var data = Prepare(options, write: false)) Assert.True(data.Summary.FromCache);
        _folder.Write("vocab.txt", "[UNK]\nred\ndr\n##ess\nblue\n");
        using (var data = Prepare(options, write: false)) Assert.Equal((false, 6), (data.Summary.FromCache, data.Layout.Bags[0].Rows));
        File.Delete(_folder.Path("vocab.txt"));
        Assert.Contains("vocab.txt", Assert.Throws<InputException>(() => Prepare(options).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_is_no_part_of_a_text()
    {
        var refused = Assert.Throws<InputException>(() => Prepare(new FeatureOptions { Kind = FeatureKind.Text, Of = ["title", "good"] }).Dispose());
        Assert.Contains("'good' is the label", refused.Message, StringComparison.Ordinal);
        refused = Assert.Throws<InputException>(() => Prepare(new FeatureOptions { Kind = FeatureKind.Text, Of = ["title", "reviev"] }).Dispose());
        Assert.Contains("'review'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grams", "0")]
    [InlineData("length", "0")]
    [InlineData("pooling", "\"Median\"")]
    [InlineData("rarity", "[1]")]
    [InlineData("columns", "[]")]
    [InlineData("pieces", "[\"a\"]")]
    public void A_document_whose_values_do_not_fit_is_refused(string key, string value)
    {
        using var data = Prepare(Text(TextWeights.Tfidf));
        using var memory = new MemoryStream();
        data.Encoder.Save(memory);
        var document = JsonNode.Parse(memory.ToArray())!;
        document["features"]![0]![key] = JsonNode.Parse(value);
        Assert.Throws<InvalidDataException>(() => Encoder.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()))));
    }

    [Theory]
    [InlineData("kind: text, tokens: pieces", "need a vocabulary")]
    [InlineData("kind: text, vocabulary: v.txt", "tokens: pieces")]
    [InlineData("kind: numeric, of: [a, b]", "a cross, a text, a vector or a category's tree")]
    [InlineData("kind: text, of: [a, a]", "twice")]
    [InlineData("kind: text, grams: 9", "grams")]
    public void Options_that_do_not_fit_are_refused(string text, string message)
    {
        var refused = Assert.Throws<InputException>(() => ConfigReader.Read<FeatureOptions>($"{{{text}}}", "sundry.yaml"));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static FeatureOptions Text(TextWeights weights, int? hash = null, int grams = 1, int minCount = 1) =>
        new() { Kind = FeatureKind.Text, Of = ["title", "review"], Weights = weights, Hash = hash, Grams = grams, MinCount = minCount };

    private static int[] Ids(Batch batch, int first, int end) => batch.BagIds[0][batch.BagOffsets[0][first]..batch.BagOffsets[0][end]];

    private Dataset Prepare(FeatureOptions options, bool write = true)
    {
        if (write)
        {
            _folder.Write("train.csv", Train);
            _folder.Write("valid.csv", Valid);
        }

        var data = new DataOptions { Train = ["train.csv"], Validation = new ValidationOptions { Files = ["valid.csv"] }, Split = new SplitOptions { Test = new Share(0) } };
        return Dataset.Prepare(new DataRequest(data, new Dictionary<string, FeatureOptions> { ["words"] = options }, [], new Dictionary<string, TaskOptions> { ["good"] = new() }, _folder.Root));
    }
}
