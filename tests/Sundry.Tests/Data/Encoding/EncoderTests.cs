using System.Text;
using System.Text.Json.Nodes;
using Sundry.Data;
using Encoder = Sundry.Data.Encoder;

namespace Sundry.Tests;

public sealed class EncoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly JsonNode _document;

    public EncoderTests()
    {
        _folder.Write("t.csv", ShopTable.Csv(800));
        using var data = Dataset.Prepare(ShopTable.Request(_folder, new DataOptions { Train = ["t.csv"], Weight = "w" }));
        using var memory = new MemoryStream();
        data.Encoder.Save(memory);
        _document = JsonNode.Parse(memory.ToArray())!;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_loads_and_saves_as_the_same()
    {
        var text = _document.ToJsonString();
        var encoder = Load(text);
        using var memory = new MemoryStream();
        encoder.Save(memory);
        Assert.Equal(text, JsonNode.Parse(memory.ToArray())!.ToJsonString());
    }

    [Theory]
    [InlineData("format", "\"other\"")]
    [InlineData("version", "2")]
    [InlineData("version", "\"1\"")]
    [InlineData("features", "{}")]
    [InlineData("features.0.kind", "\"image\"")]
    [InlineData("features.0.hash", "0")]
    [InlineData("features.0.hash", "2000000000")]
    [InlineData("features.1.values", "[\"a\", \"a\"]")]
    [InlineData("features.1.values", "[1]")]
    [InlineData("features.2.separator", "\"\"")]
    [InlineData("features.2.pooling", "\"median\"")]
    [InlineData("features.3.embedding", "-1")]
    [InlineData("features.3.edges", "[2, 1]")]
    [InlineData("features.3.edges", "[1e39]")]
    [InlineData("features.3.scale.deviation", "0")]
    [InlineData("features.3.scale.log_unit", "-1")]
    [InlineData("features.5.parts", "9")]
    [InlineData("tasks.0.type", "\"Ranking\"")]
    [InlineData("tasks.0.classes", "[\"0\"]")]
    [InlineData("tasks.0.negative_keep_rate", "0")]
    [InlineData("tasks.0.class_weights", "[1, 2, 3]")]
    [InlineData("tasks.1.where", "\"click = \"")]
    [InlineData("tasks.1.label_deviation", "0")]
    public void A_document_whose_values_do_not_fit_is_refused(string path, string value)
    {
        var keys = path.Split('.');
        var node = _document;
        foreach (var key in keys[..^1]) node = int.TryParse(key, out int index) ? node![index] : node![key];
        node![keys[^1]] = JsonNode.Parse(value);
        Assert.Throws<InvalidDataException>(() => Load(_document.ToJsonString()));
    }

    [Fact]
    public void A_cut_document_is_refused_at_every_length()
    {
        var bytes = Encoding.UTF8.GetBytes(_document.ToJsonString());
        for (int length = 0; length < bytes.Length; length += 97) Assert.Throws<InvalidDataException>(() => Load(Encoding.UTF8.GetString(bytes, 0, length)));
    }

    [Fact]
    public void A_full_batch_takes_no_more_rows()
    {
        var encoder = Load(_document.ToJsonString());
        using var reader = TableReader.Open([_folder.Path("t.csv")]);
        var rows = encoder.For(reader.Header, "t.csv");
        var batch = new Batch(encoder.Layout, 1);
        Assert.True(reader.Read());
        rows.Append(batch, reader.Current);
        Assert.True(reader.Read());
        Assert.Throws<InvalidOperationException>(() => rows.Append(batch, reader.Current));
    }

    [Fact]
    public void A_row_of_texts_is_encoded_as_the_same_row_of_a_file()
    {
        var encoder = Load(_document.ToJsonString());
        using var reader = TableReader.Open([_folder.Path("t.csv")]);
        var rows = encoder.For(reader.Header, "t.csv");
        var (first, second) = (new Batch(encoder.Layout, 200), new Batch(encoder.Layout, 200));
        for (int i = 0; i < 200; i++)
        {
            Assert.True(reader.Read());
            rows.Append(first, reader.Current);
            var texts = new string?[reader.Header.Count];
            for (int column = 0; column < texts.Length; column++) texts[column] = reader.Current.Text(column) is { Length: > 0 } text ? text : null;
            rows.Append(second, RawRow.Of(texts));
        }

        Assert.Equal(first.Ids, second.Ids);
        Assert.Equal(first.Numbers, second.Numbers);
        Assert.Equal(first.Labels, second.Labels);
        Assert.Equal(first.BagOffsets[0], second.BagOffsets[0]);
    }

    private static Encoder Load(string json)
    {
        using var memory = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Encoder.Load(memory);
    }
}
