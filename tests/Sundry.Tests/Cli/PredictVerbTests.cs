using System.Text.Json;

namespace Sundry.Tests.Cli;

/// <summary>A model of a log whose features are of every kind that looks at several columns or at the shop's graph: trained, judged and asked for predictions.</summary>
[Collection(CommandLine.Name)]
public sealed class PredictVerbTests : IDisposable
{
    private const string Features = """
        features:
          user: categorical
          item: categorical
          category: categorical
          band: {kind: cross, of: [age_band, segment]}
          words: {kind: text, of: [title, colour]}
          above: {kind: multi_categorical, tree: true, of: [category], table: category}
          friends: {kind: neighbours, edges: friends, events: [click, purchase]}
          basket: {kind: neighbours, edges: together, events: [click], within: 1h, length: 10}
          brandmates: {kind: neighbours, edges: brand, events: [click], sample: random, length: 10}
          sold: {kind: counter, by: item, events: purchase, measure: sum, field: quantity, days: 7}

        """;

    private readonly TemporaryFolder _folder = new();

    public PredictVerbTests()
    {
        var (code, _, error) = CommandLine.Run("simulate", "log", "--events", "9000", "--users", "100", "--items", "80", "--days", "14", "--out", _folder.Path("shop"));
        Assert.True(code == 0, error);
        File.AppendAllText(Shop("sundry.yaml"), Features);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_a_log_are_predicted_from_several_columns_and_named_by_their_events()
    {
        var trained = Json("train", "-c", Shop("sundry.yaml"), "--out", Shop("model"), "--json", "--set", "training.epochs=1", "--set", "training.batch=256", "--set", "model.experts={count: 2, layers: [8]}", "--set", "model.tower=[8]");
        // the rows that are read from the log anew come to the figures of the prepared ones
        var judged = Json("evaluate", Shop("model"), "--json");
        foreach (var task in new[] { "click", "cart" })
            Assert.Equal(trained.GetProperty("tasks").GetProperty(task).GetProperty("test").GetProperty("logloss").GetDouble(), judged.GetProperty("tasks").GetProperty(task).GetProperty("logloss").GetDouble(), 9);

        var (code, _, error) = CommandLine.Run("predict", Shop("model"), "--out", Shop("p.csv"));
        Assert.True(code == 0, error);
        var lines = File.ReadAllLines(Shop("p.csv"));
        Assert.StartsWith("time,user,session,item,event,p_click,", lines[0], StringComparison.Ordinal);
        Assert.Equal(trained.GetProperty("rows").GetProperty("test").GetInt32(), lines.Length - 1);
        var events = File.ReadLines(Shop("events.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(fields => fields[0]);
        foreach (var row in lines.Skip(1).Select(line => line.Split(',')))
        {
            var named = events[row[4]];
            Assert.Equal(("impression", row[1], row[2], row[3]), (named[1], named[2], named[3], named[4]));
            Assert.InRange(double.Parse(row[5], System.Globalization.CultureInfo.InvariantCulture), 0, 1);
        }

        Assert.Equal(lines.Length - 1, lines.Skip(1).Select(line => line.Split(',')[4]).Distinct().Count());
    }

    [Theory]
    [InlineData("features.friends.edges=frends", "'frends'", "'friends'")]
    [InlineData("features.friends={kind: neighbours, events: [click]}", "features.friends", "edges: friends")]
    [InlineData("features.friends={kind: neighbours, edges: friends}", "features.friends", "names no type of event")]
    [InlineData("features.friends.within=1h", "features.friends.within", "edges: together")]
    [InlineData("features.friends.events=[clik]", "features.friends", "'clik'", "'click'")]
    [InlineData("features.user={kind: categorical, edges: brand}", "'edges' belongs to neighbours")]
    [InlineData("features.sold.by=user_item", "features.sold.by", "pairs")]
    [InlineData("features.sold.window=7d", "features.sold.window", "fades")]
    [InlineData("features.sold.measure=mean", "measure: count")]
    [InlineData("features.sold.lag=366", "366 days")]
    [InlineData("features.category={kind: categorical, tree: true}", "kind: multi_categorical")]
    [InlineData("features.above.of=[category, brand]", "features.above.of", "one column")]
    [InlineData("data.log.friends=null", "features.friends", "data.log.friends")]
    [InlineData("data.log.categories=null", "features.above.tree", "data.log.categories")]
    public void A_feature_that_cannot_be_is_refused(string setting, params string[] parts)
    {
        var sentence = CommandLine.Refusal("prepare", "-c", Shop("sundry.yaml"), "--set", setting);
        Assert.All(parts, part => Assert.Contains(part, sentence, StringComparison.Ordinal));
    }

    private static JsonElement Json(params string[] arguments)
    {
        var (code, output, error) = CommandLine.Run(arguments);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private string Shop(string file) => Path.Combine(_folder.Path("shop"), file);
}
