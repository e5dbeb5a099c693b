using System.Text.Json.Nodes;
using Sundry.Data;
using Encoder = Sundry.Data.Encoder;

namespace Sundry.Tests;

public sealed class VectorFeatureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public VectorFeatureTests()
    {
        File.WriteAllBytes(_folder.Path("images.npy"), NpyBytes.Of([[1, 2], [3, 6], [-5, 10], [100, 100]]));
        _folder.Write("ids.txt", "a\nb\nc\nd\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(VectorScale.Standard)]
    [InlineData(VectorScale.L2)]
    [InlineData(VectorScale.None)]
    public void Vectors_in_a_field_are_scaled_and_missing_ones_marked(VectorScale scale)
    {
        _folder.Write("train.csv", "v,good\n1|2|0,1\n3|6|0,0\n,1\n-5|10|0,0\n1||2,1\n");
        _folder.Write("valid.csv", "v,good\n1|2|7,1\nNA,0\n");
        using var data = Prepare(new FeatureOptions { Kind = FeatureKind.Vector, Normalize = scale });
        Assert.Equal(["v:0", "v:1", "v:2", "v:missing"], data.Layout.Numbers);
        Assert.Equal(new NumberPieces("v", 0, 3, null), Assert.Single(data.Layout.Pieces));
        var batch = new Batch(data.Layout, 5);
        data.Train.Fill(batch, 0, 5);
        float[] expected = scale switch
        {
            // means -1/3 and 6; the third number never differs
            VectorScale.Standard => [(float)((1 + 1.0 / 3) / Math.Sqrt(104.0 / 9)), (float)(-4 / Math.Sqrt(32.0 / 3)), 0, 0],
            VectorScale.L2 => [(float)(1 / Math.Sqrt(5)), (float)(2 / Math.Sqrt(5)), 0, 0],
            _ => [1, 2, 0, 0],
        };
        for (int i = 0; i < 4; i++) Assert.Equal(expected[i], batch.Numbers[i], 1e-6);
        Assert.Equal([0, 0, 0, 1], batch.Numbers[8..12]);
        Assert.Equal([0, 0, 0, 1], batch.Numbers[16..20]);
        AssertEncoded(data, "valid.csv", data.Validation);
        AssertEncoded(data, "train.csv", data.Train);
    }

    [Fact]
    public void Columns_are_one_vector_which_is_missing_where_one_of_them_is()
    {
        _folder.Write("train.csv", "x,y,good\n1,2,1\n3,,0\n5,6,1\n,1,0\n");
        _folder.Write("valid.csv", "x,y,good\n1,2,1\n,2,0\n");
        using var data = Prepare(new FeatureOptions { Kind = FeatureKind.Vector, Of = ["x", "y"], Normalize = VectorScale.None });
        var batch = new Batch(data.Layout, 4);
        data.Train.Fill(batch, 0, 4);
        Assert.Equal([1, 2, 0, 0, 0, 1, 5, 6, 0, 0, 0, 1], batch.Numbers[..12]);
        AssertEncoded(data, "valid.csv", data.Validation);
    }

    [Fact]
    public void A_vector_of_another_width_is_refused_with_its_line()
    {
        _folder.Write("train.csv", "v,good\n1|2,1\n1|2|3,0\n2|1,0\n");
        _folder.Write("valid.csv", "v,good\n1|2,1\n3|4,0\n");
        var refused = Assert.Throws<InputException>(() => Prepare(new FeatureOptions { Kind = FeatureKind.Vector }).Dispose());
        Assert.Contains("the vector has 3 numbers, and the first one has 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_kept_once_and_joined_by_its_keys()
    {
        Keys();
        using var data = Prepare(Matrix(VectorScale.Standard));
        var field = Assert.Single(data.Layout.Ids);
        Assert.Equal(("v", 6), (field.Name, field.Rows));
        Assert.Equal(["v:missing"], data.Layout.Numbers);
        var batch = new Batch(data.Layout, 6);
        data.Train.Fill(batch, 0, 6);
        Assert.Equal([2, 3, 4, 0, 1, 2], batch.Ids[..6]);
        Assert.Equal([0, 0, 0, 1, 1, 0], batch.Numbers[..6]);
        AssertEncoded(data, "valid.csv", data.Validation);

        // scaled by the vectors that training rows name, each once
        var vector = new float[2];
        field.Vectors!.Read(2, vector);
        Assert.Equal((1 + 1.0 / 3) / Math.Sqrt(104.0 / 9), vector[0], 1e-6);
        field.Vectors.Read(5, vector);
        Assert.Equal(8, vector[0]);
        foreach (int row in new[] { 0, 1, 6 })
        {
            field.Vectors.Read(row, vector);
            Assert.Equal([0, 0], vector);
        }
    }

    [Theory]
    [InlineData("a\nb\nc\n", "it has 3 keys, and images.npy has 4 vectors")]
    [InlineData("a\nb\nc\nd\ne\n", "more keys")]
    [InlineData("a\nb\na\nd\n", "'a' occurs twice")]
    public void Keys_that_do_not_fit_are_refused(string keys, string message)
    {
        Keys();
        _folder.Write("ids.txt", keys);
        Assert.Contains(message, Assert.Throws<InputException>(() => Prepare(Matrix(VectorScale.L2)).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_that_cannot_be_read_leaves_nothing_behind()
    {
        Keys();
        File.WriteAllBytes(_folder.Path("images.npy"), NpyBytes.Of([[1, 2], [3, float.NaN], [5, 6], [7, 8]]));
        Assert.Contains("row 1", Assert.Throws<InputException>(() => Prepare(Matrix(VectorScale.None)).Dispose()).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_folder.Path(".sundry")));
        File.Delete(_folder.Path("images.npy"));
        Assert.Contains("images.npy", Assert.Throws<InputException>(() => Prepare(Matrix(VectorScale.None)).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_no_training_row_has_leave_the_feature_out()
    {
        Keys();
        _folder.Write("train.csv", "v,w,good\nx,1,1\ny,2,0\nz,1,0\n");
        var refused = Assert.Throws<InputException>(() => Prepare(Matrix(VectorScale.None)).Dispose());
        Assert.Contains("nothing to learn from", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind: vector, file: a.npy", "'file' and 'keys'")]
    [InlineData("kind: numeric, file: a.npy", "kind: vector")]
    [InlineData("kind: vector, file: a.npy, keys: k, of: [a, b]", "one column")]
    public void Options_that_do_not_fit_are_refused(string text, string message)
    {
        var refused = Assert.Throws<InputException>(() => ConfigReader.Read<FeatureOptions>($"{{{text}}}", "sundry.yaml"));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("width", "0")]
    [InlineData("scale", "\"Cubic\"")]
    [InlineData("means", "[1]")]
    [InlineData("factors", "[1e39, 1, 1]")]
    [InlineData("separator", "\"\"")]
    public void A_document_whose_values_do_not_fit_is_refused(string key, string value)
    {
        _folder.Write("train.csv", "v,good\n1|2|0,1\n3|6|0,0\n");
        _folder.Write("valid.csv", "v,good\n1|2|7,1\n1|2|7,0\n");
        using var data = Prepare(new FeatureOptions { Kind = FeatureKind.Vector });
        using var memory = new MemoryStream();
        data.Encoder.Save(memory);
        var document = JsonNode.Parse(memory.ToArray())!;
        document["features"]![0]![key] = JsonNode.Parse(value);
        Assert.Throws<InvalidDataException>(() => Encoder.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()))));
    }

    private static FeatureOptions Matrix(VectorScale scale) => new() { Kind = FeatureKind.Vector, File = "images.npy", Keys = "ids.txt", Normalize = scale };

    private void Keys()
    {
        _folder.Write("train.csv", "v,good\na,1\nb,0\nc,1\nunknown,0\n,1\na,0\n");
        _folder.Write("valid.csv", "v,good\nd,1\nNA,0\nelse,1\n");
    }

    private void AssertEncoded(Dataset data, string file, EncodedTable table)
    {
        using var memory = new MemoryStream();
        data.Encoder.Save(memory);
        memory.Position = 0;
        var loaded = Encoder.Load(memory);
        var prepared = new Batch(data.Layout, table.Count);
        table.Fill(prepared, 0, table.Count);
        var encoded = new Batch(loaded.Layout, table.Count);
        using var reader = TableReader.Open([file], ReadOptions.Of(new DataOptions { Train = [file] }, _folder.Root));
        var rows = loaded.For(reader.Header, file);
        while (reader.Read()) rows.Append(encoded, reader.Current);
        Assert.Equal(prepared.Numbers, encoded.Numbers);
        Assert.Equal(prepared.Ids, encoded.Ids);
    }

    private Dataset Prepare(FeatureOptions options)
    {
        var data = new DataOptions { Train = ["train.csv"], Validation = new ValidationOptions { Files = ["valid.csv"] }, Split = new SplitOptions { Test = new Share(0) } };
        return Dataset.Prepare(new DataRequest(data, new Dictionary<string, FeatureOptions> { ["v"] = options }, [], new Dictionary<string, TaskOptions> { ["good"] = new() }, _folder.Root));
    }
}
