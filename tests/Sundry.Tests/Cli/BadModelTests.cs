using Sundry.Tests.Models;

namespace Sundry.Tests.Cli;

/// <summary>What <c>predict</c> and <c>evaluate</c> refuse.</summary>
[Collection(CommandLine.Name)]
public sealed class BadModelTests(SmallBundle small) : IClassFixture<SmallBundle>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weights.bin")]
    [InlineData("encoder.json")]
    [InlineData("model.json")]
    [InlineData("report.html")]
    public void A_model_with_a_changed_byte_is_refused_by_name(string file)
    {
        var copy = small.Copy(_folder);
        var bytes = File.ReadAllBytes(Path.Combine(copy, file));
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(copy, file), bytes);
        foreach (var verb in new[] { "predict", "evaluate" })
        {
            var sentence = CommandLine.Refusal(verb, copy, small.Table);
            Assert.Contains(file, sentence, StringComparison.Ordinal);
            Assert.Contains("copy the model again", sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Models_and_tables_that_are_none_are_refused()
    {
        Assert.Contains("no such folder", CommandLine.Refusal("predict", _folder.Path("none"), small.Table), StringComparison.Ordinal);
        Assert.Contains("is a file", CommandLine.Refusal("predict", small.Table, small.Table), StringComparison.Ordinal);
        Assert.Contains("no such file", CommandLine.Refusal("predict", small.Place, _folder.Path("none.csv")), StringComparison.Ordinal);
        Assert.Contains("this is a folder", CommandLine.Refusal("evaluate", small.Place, _folder.Root), StringComparison.Ordinal);
        Assert.Contains("no labels", CommandLine.Refusal("evaluate", small.Place, _folder.Write("t.csv", "group,x,z\ng1,1,1\n")), StringComparison.Ordinal);
        Assert.Contains("'x'", CommandLine.Refusal("predict", small.Place, _folder.Write("u.csv", "group,z\ng1,1\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_that_cannot_be_written_is_refused_and_leaves_nothing()
    {
        Assert.Contains("is a folder", CommandLine.Refusal("predict", small.Place, small.Table, "--out", _folder.Root, "--force"), StringComparison.Ordinal);
        _folder.Write("file", "");
        Assert.Contains("cannot be written", CommandLine.Refusal("predict", small.Place, small.Table, "--out", _folder.Path("file/p.csv")), StringComparison.Ordinal);
        Assert.Equal([_folder.Path("file")], Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void A_command_that_is_incomplete_says_where_help_is()
    {
        Assert.Contains("sundry predict --help", CommandLine.Refusal("predict"), StringComparison.Ordinal);
        Assert.Contains("sundry --help", CommandLine.Refusal(), StringComparison.Ordinal);
        Assert.Equal("there is no verb 'pedict'; did you mean 'predict'? See 'sundry --help'.", CommandLine.Refusal("pedict", "x"));
        Assert.Equal("there is no verb 'x'. See 'sundry --help'.", CommandLine.Refusal("x"));
        Assert.Equal("there is no option '--se'; did you mean '--set'? See 'sundry train --help'.", CommandLine.Refusal("train", "--se", "x"));
        Assert.Equal("'more' is one argument too many. See 'sundry train --help'.", CommandLine.Refusal("train", "more"));
    }
}
