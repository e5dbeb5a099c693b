using System.Text.Json;

namespace Sundry.Tests.Cli;

[Collection(CommandLine.Name)]
public sealed class ImportVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ImportVerbTests()
    {
        Directory.CreateDirectory(_folder.Path("files"));
        _folder.Write("files/Taobao_buy.train.txt", "uid\tsid\n0\t6\n0\t7\n1\t6\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_imported_is_a_log_that_can_be_read()
    {
        var (code, output, error) = CommandLine.Run("import", "taobao", _folder.Path("files"), "--out", _folder.Path("shop"), "--json");
        Assert.True(code == 0, error);
        using var summary = JsonDocument.Parse(output);
        Assert.Equal(3, summary.RootElement.GetProperty("files").GetProperty("events.csv.gz").GetInt64());
        Assert.Contains("no times", summary.RootElement.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains("next: sundry log -c", error, StringComparison.Ordinal);
        (code, output, error) = CommandLine.Run("log", "-c", _folder.Path("shop/sundry.yaml"), "--json");
        Assert.True(code == 0, error);
        using var log = JsonDocument.Parse(output);
        Assert.Equal(3, log.RootElement.GetProperty("types").GetProperty("purchase").GetInt64());
    }

    [Theory]
    [InlineData("there is no import 'taobo'; did you mean 'taobao'?", "taobo", "files")]
    [InlineData("--mapping is for 'generic' alone", "taobao", "files", "--mapping", "x.yaml")]
    [InlineData("needs --mapping", "generic", "files")]
    [InlineData("no such folder or file", "taobao", "nowhere")]
    public void Wrong_command_lines_are_refused(string part, string name, string path, params string[] more)
    {
        Assert.Contains(part, CommandLine.Refusal(["import", name, _folder.Path(path), "--out", _folder.Path("shop"), .. more]), StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.Path("shop")));
    }
}
