using System.Text.Json;

namespace Sundry.Tests.Cli;

/// <summary><c>simulate</c> and <c>bench correlation</c>.</summary>
[Collection(CommandLine.Name)]
public sealed class SimulateVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tasks_are_written_with_a_configuration_that_trains()
    {
        var (code, output, error) = CommandLine.Run("simulate", "tasks", "--out", _folder.Path("t"), "--correlation", "0.9", "--rows", "400", "--features", "3", "--sines", "0", "--tasks", "3", "--json");
        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        // without sines the labels correlate as the weights do
        Assert.InRange(document.RootElement.GetProperty("label_correlation").GetDouble(), .85, .95);
        Assert.Equal(401, File.ReadAllLines(_folder.Path("t/train.csv")).Length);
        Assert.Equal(81, File.ReadAllLines(_folder.Path("t/test.csv")).Length);
        Assert.Equal("x1,x2,x3,y1,y2,y3", File.ReadLines(_folder.Path("t/train.csv")).First());
        var train = CommandLine.Run("train", "-c", _folder.Path("t/sundry.yaml"), "--set", "training.epochs=1", "--json");
        Assert.True(train.Code == 0, train.Error);
        CommandLine.Run("simulate", "tasks", "--out", _folder.Path("u"), "--correlation", "0.9", "--rows", "400", "--features", "3", "--sines", "0", "--tasks", "3");
        Assert.Equal(File.ReadAllBytes(_folder.Path("t/train.csv")), File.ReadAllBytes(_folder.Path("u/train.csv")));
    }

    [Fact]
    public void A_shop_is_written()
    {
        Assert.Equal(0, CommandLine.Run("simulate", "shop", "--out", _folder.Path("s"), "--impressions", "3000").Code);
        Assert.True(File.Exists(_folder.Path("s/sundry.yaml")));
    }

    [Fact]
    public void A_log_is_written_and_counted()
    {
        var (code, output, error) = CommandLine.Run(
            "simulate", "log", "--out", _folder.Path("l"), "--events", "5000", "--users", "200", "--items", "60", "--days", "5", "--seed", "3", "--gzip", "--jsonl", "--truth", "--json");
        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(5000, document.RootElement.GetProperty("events").GetInt64());
        Assert.Equal(5000, document.RootElement.GetProperty("types").EnumerateObject().Sum(t => t.Value.GetInt64()));
        Assert.Equal("events.jsonl.gz", document.RootElement.GetProperty("file").GetString());
        foreach (var file in new[] { "events.jsonl.gz", "items.csv", "users.csv", "friends.csv", "categories.csv", "stock.csv", "truth.csv" }) Assert.True(File.Exists(_folder.Path("l/" + file)), file);
        Assert.Equal(2, CommandLine.Run("simulate", "log", "--out", _folder.Path("l")).Code);
    }

    [Theory]
    [InlineData("simulate log --events 0", "events is 0; give a value from 1")]
    [InlineData("simulate log --users 1", "users is 1")]
    [InlineData("simulate log --items 5", "give at least 30 items")]
    [InlineData("simulate log --days 1", "days is 1")]
    [InlineData("simulate log --seed -1", "--seed -1 is below 0")]
    [InlineData("simulate tasks --correlation 2", "--correlation is 2; give a value from 0 to 1")]
    [InlineData("simulate tasks --rows 1", "--rows is 1")]
    [InlineData("simulate tasks --tasks 9 --features 3", "--tasks 9 is more than --features 3")]
    [InlineData("simulate tasks --seed -1", "--seed -1 is below 0")]
    [InlineData("simulate shop --seed -1", "--seed -1 is below 0")]
    [InlineData("simulate tsks", "did you mean 'tasks'")]
    [InlineData("bench correlation --correlations 1,2", "has 2, which is not from 0 to 1")]
    [InlineData("bench correlation --correlations a", "has 'a', which is not a number")]
    [InlineData("bench correlation --correlations ,", "names none")]
    [InlineData("bench correlation --seeds 0", "--seeds 0 is not from 1")]
    [InlineData("bench correlation --repeats 0", "--repeats 0 is not from 1")]
    [InlineData("bench correlation --threads -1", "--threads -1 is not from 0")]
    [InlineData("bench correlation --features 0", "--features is 0")]
    public void What_cannot_be_simulated_is_refused(string line, string part) => Assert.Contains(part, CommandLine.Refusal(line.Split(' ')), StringComparison.Ordinal);
}
