using System.Text.Json;
using Sundry.Cli;

namespace Sundry.Tests.Cli;

[Collection(CommandLine.Name)]
public sealed class TuneVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _config;

    public TuneVerbTests()
    {
        var random = new Random(4);
        string Rows(int count) => "user,price,click,buy\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
        {
            var price = random.Next(100);
            return $"u{i % 7},{price},{(random.Next(100) > price ? 1 : 0)},{(random.Next(200) > price + 60 ? 1 : 0)}\n";
        }));
        _folder.Write("train.csv", Rows(300));
        _folder.Write("test.csv", Rows(150));
        _config = _folder.Write("sundry.yaml", "data: {train: train.csv, test: test.csv, validation: 30%}\ntasks: {click: binary, buy: binary}\nmodel: {architecture: shared_bottom, embedding: 2, bottom: [8], tower: [4]}\ntraining: {epochs: 2, batch: 64}\ntune: {try: {training.learning_rate: 1e-3..1e-2:log}, trials: 2, seeds: 1}\n");
    }

    [Fact]
    public void It_prints_one_document_and_leaves_a_configuration_a_report_and_the_evidence()
    {
        var (code, output, error) = CommandLine.Run("tune", "-c", _config, "--out", _folder.Path("found"), "--try", "model.architecture=mmoe,shared_bottom", "--trials", "3", "--json");
        Assert.True(code == Exit.Done, error);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.Equal("no-regret", root.GetProperty("objective").GetString());
        Assert.Equal(JsonValueKind.True, root.GetProperty("regret_free").ValueKind is JsonValueKind.True or JsonValueKind.False ? JsonValueKind.True : JsonValueKind.Null);
        Assert.Equal(3, root.GetProperty("trials").GetArrayLength());
        // what the option says comes beside what the file says
        Assert.Equal(["training.learning_rate", "model.architecture"], root.GetProperty("space").EnumerateObject().Select(p => p.Name));
        Assert.Equal("single_task", root.GetProperty("test")[0].GetProperty("architecture").GetString());
        Assert.Contains("trial 3 of 3", error, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(_folder.Path("found/report.html")), StringComparison.Ordinal);
        Assert.Contains("id=\"search\"", File.ReadAllText(_folder.Path("found/report.html")), StringComparison.Ordinal);
        Assert.Equal(root.GetProperty("winner").GetProperty("trial").GetInt32(), JsonDocument.Parse(File.ReadAllText(_folder.Path("found/tune.json"))).RootElement.GetProperty("winner").GetProperty("trial").GetInt32());
        // the file that it ends with can be trained
        var train = CommandLine.Run("train", "-c", _folder.Path("found/tuned.yaml"), "--out", _folder.Path("model"));
        Assert.True(train.Code == Exit.Done, train.Error);
        Assert.Contains("--resume", CommandLine.Refusal("tune", "-c", _config, "--out", _folder.Path("found")), StringComparison.Ordinal);
        Assert.Contains("leave one of the two out", CommandLine.Refusal("tune", "-c", _config, "--out", _folder.Path("found"), "--resume", "--force"), StringComparison.Ordinal);
        var anew = CommandLine.Run("tune", "-c", _config, "--out", _folder.Path("found"), "--force", "--trials", "1", "--json");
        Assert.True(anew.Code == Exit.Done, anew.Error);
        using var replaced = JsonDocument.Parse(anew.Out);
        Assert.Equal(["training.learning_rate"], replaced.RootElement.GetProperty("space").EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("--try", "model.architectur=mmoe", "did you mean 'architecture'?")]
    [InlineData("--try", "training.learning_rate", "no '='")]
    [InlineData("--try", "training.learning_rate=1e-2..1e-3", "is empty")]
    [InlineData("--try", "training.learning_rate=0..1:log", "above 0")]
    [InlineData("--try", "training.learning_rate=", "nothing to try")]
    [InlineData("--try", "training.epochs=1..3", "last rung")]
    [InlineData("--objective", "bye.auc", "did you mean 'buy'?")]
    [InlineData("--objective", "buy.rmse", "metric that task 'buy' does not have")]
    [InlineData("--minutes", "0", "--minutes 0 is not from")]
    [InlineData("--trials", "0", "--trials 0 is not from 1")]
    [InlineData("--seeds", "0", "--seeds 0 is not from 1")]
    public void Bad_input_is_refused_in_a_sentence_before_anything_is_read(string option, string value, string part)
    {
        Assert.Contains(part, CommandLine.Refusal("tune", "-c", _config, option, value), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("tune")));
        Assert.False(Directory.Exists(_folder.Path(".sundry")));
    }

    public void Dispose() => _folder.Dispose();
}
