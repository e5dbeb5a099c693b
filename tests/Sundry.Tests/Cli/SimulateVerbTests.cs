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

    [Theory]
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
