using System.Text;
using System.Text.Json;

namespace Sundry.Tests.Cli;

[Collection(CommandLine.Name)]
public sealed class RecommendVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _pairs;
    private readonly string _items;

    public RecommendVerbTests()
    {
        var random = new Random(3);
        var text = new StringBuilder("user,item,time\n");
        for (var u = 0; u < 40; u++)
            foreach (var item in Enumerable.Range(0, 10).OrderBy(_ => random.Next()).Take(7)) text.Append($"u{u},i{2 * item + u % 2},2025-01-{1 + random.Next(28):00}\n");
        _pairs = _folder.Write("pairs.csv", text.ToString());
        _items = _folder.Write("items.csv", "item,category\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"i{i},{(i < 10 ? "shoes" : "hats")}\n")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_are_written_kept_and_made_again()
    {
        var (code, output, error) = CommandLine.Run(
            "recommend", "lists", "--interactions", _pairs, "--items", _items, "--by", "item_knn", "--top", "2", "--where", "category = shoes", "--out", _folder.Path("lists.csv"), "--keep", _folder.Path("knn"), "--json");
        Assert.True(code == 0, error);
        Assert.Equal(40, JsonDocument.Parse(output).RootElement.GetProperty("users").GetInt32());
        var lines = File.ReadAllLines(_folder.Path("lists.csv"));
        Assert.Equal("user,by,rank,item,score", lines[0]);
        var seen = File.ReadAllLines(_pairs).Skip(1).Select(l => l.Split(',')).Select(f => (f[0], f[1])).ToHashSet();
        foreach (var row in lines.Skip(1).Select(l => l.Split(',')))
        {
            Assert.DoesNotContain((row[0], row[3]), seen);
            Assert.InRange(int.Parse(row[3][1..]), 0, 9);
            Assert.InRange(int.Parse(row[2]), 1, 2);
        }

        var users = _folder.Write("users.csv", "user\nu3\nu8\n");
        Assert.Equal(0, CommandLine.Run("recommend", "lists", "--from", _folder.Path("knn"), "--users", users, "--top", "2", "--where", "category = shoes", "--out", _folder.Path("again.csv")).Code);
        Assert.Equal(lines.Where(l => l.StartsWith("u3,", StringComparison.Ordinal) || l.StartsWith("u8,", StringComparison.Ordinal)), File.ReadAllLines(_folder.Path("again.csv")).Skip(1));
        Assert.Contains("exists already", CommandLine.Refusal("recommend", "lists", "--interactions", _pairs, "--out", _folder.Path("again.csv")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("time")]
    [InlineData("last")]
    public void Recommenders_are_judged_beside_the_first(string split)
    {
        var (code, output, error) = CommandLine.Run("recommend", "evaluate", "--interactions", _pairs, "--by", "popular,bpr", "--split", split, "--seeds", "2", "--set", "bpr.factors=4", "--set", "bpr.epochs=30", "--top", "3", "--json");
        Assert.True(code == 0, error);
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal("whole catalogue", document.GetProperty("protocol").GetString());
        var results = document.GetProperty("results");
        Assert.Equal(["popular", "bpr"], results.EnumerateArray().Select(r => r.GetProperty("recommender").GetString()));
        var (popular, bpr) = (results[0], results[1]);
        Assert.Equal(0, popular.GetProperty("metrics").GetProperty("ndcg@3").GetProperty("sd").GetDouble());
        Assert.True(bpr.GetProperty("metrics").GetProperty("recall@3").GetProperty("mean").GetDouble() > 0);
        Assert.Equal("popular", bpr.GetProperty("against").GetProperty("ndcg@3").GetProperty("reference").GetString());
        Assert.Equal(5, bpr.GetProperty("segments").GetArrayLength());
        Assert.InRange(bpr.GetProperty("lists").GetProperty("coverage").GetProperty("mean").GetDouble(), .1, 1);
    }

    [Fact]
    public void Several_splits_and_settings_are_judged_together()
    {
        var random = new Random(9);
        var typed = _folder.Write("typed.csv", "user,item,type\n" + string.Concat(File.ReadAllLines(_pairs).Skip(1).Select(l => $"{l[..l.LastIndexOf(',')]},{(random.Next(2) == 0 ? "view" : "purchase")}\n")));
        var (code, output, error) = CommandLine.Run(
            "recommend", "evaluate", "--interactions", typed, "--by", "item_knn,item_knn:purchase", "--vary", "item_knn.neighbours=1 item_knn.shrinkage=0", "--split", "pairs", "--test-type", "purchase", "--test-share", "20%", "--splits", "3", "--top", "3", "--json");
        Assert.True(code == 0, error);
        var results = JsonDocument.Parse(output).RootElement.GetProperty("results");
        Assert.Equal(["item_knn", "item_knn:purchase", "item_knn.neighbours=1 item_knn.shrinkage=0"], results.EnumerateArray().Select(r => r.GetProperty("recommender").GetString()));
        Assert.All(results.EnumerateArray(), r => Assert.Equal(3, r.GetProperty("seeds").GetInt32()));
        double Recall(int i) => results[i].GetProperty("metrics").GetProperty("recall@3").GetProperty("mean").GetDouble();
        Assert.True(Recall(0) > Recall(2), $"{Recall(0)} against {Recall(2)}");
        var rare = results[2].GetProperty("recall_of_rare").GetProperty("interval");
        Assert.True(rare[0].GetDouble() <= rare[1].GetDouble());
    }

    [Fact]
    public void A_log_takes_the_place_of_tables()
    {
        var events = _folder.Write("events.csv", "type,user,item,time\n" + string.Concat(File.ReadAllLines(_pairs).Skip(1).Select(l => l.Split(',')).Select(f => $"view,{f[0]},{f[1]},{f[2]}T00:00:00Z\n")));
        var config = _folder.Write("log.yaml", $"data:\n  log:\n    events: [{events}]\n");
        var (code, output, error) = CommandLine.Run("recommend", "evaluate", "--log", config, "--weights", "view=1", "--by", "popular", "--split", "time", "--json");
        Assert.True(code == 0, error);
        Assert.Equal(40, JsonDocument.Parse(output).RootElement.GetProperty("train").GetProperty("users").GetInt32());
        Assert.Contains("--weights is missing", CommandLine.Refusal("recommend", "evaluate", "--log", config, "--by", "popular"), StringComparison.Ordinal);
        Assert.Contains("it has no data.log", CommandLine.Refusal("recommend", "evaluate", "--log", _folder.Write("t.yaml", "data:\n  train: [a.csv]\n"), "--by", "popular"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_sold_out_stands_in_no_list_unless_it_is_asked_for()
    {
        // a catalogue that says what is left: i4 nothing, i5 nobody knows
        var items = _folder.Write("stocked.csv", "item,stock\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"i{i},{(i == 4 ? "0" : i == 5 ? "" : "3")}\n")));
        string[] any = ["recommend", "lists", "--interactions", _pairs, "--by", "popular", "--top", "20", "--seen", "--out", _folder.Path("l.csv"), "--force"];
        string[] plain = [.. any, "--items", items];
        var (code, output, error) = CommandLine.Run([.. plain, "--json"]);
        Assert.True(code == 0, error);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("sold_out").GetInt32());
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i != 4).Select(i => $"i{i}").Order(), Listed().Order());
        Assert.Contains("1 item is sold out", CommandLine.Run(plain).Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandLine.Run([.. plain, "--sold-out"]).Code);
        Assert.Contains("i4", Listed());
        Assert.Contains("'yes', which is no number of pieces", CommandLine.Refusal([.. any, "--items", _folder.Write("worded.csv", "item,stock\ni1,yes\n")]), StringComparison.Ordinal);
        Assert.Contains("is sold out; keep", CommandLine.Refusal([.. any, "--items", _folder.Write("none.csv", "item,stock\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"i{i},0\n")))]), StringComparison.Ordinal);

        // a log's own table comes first: 40 users bought of each item, some 14 times
        _folder.Write("events.csv", "type,user,item,time\n" + string.Concat(File.ReadAllLines(_pairs).Skip(1).Select(l => l.Split(',')).Select(f => $"purchase,{f[0]},{f[1]},{f[2]}T00:00:00Z\n")));
        var delivered = string.Concat(Enumerable.Range(0, 20).Where(i => i != 7).Select(i => $"i{i},2024-12-01,{(i == 9 ? 2 : 100)}\n"));
        _folder.Write("stock.csv", "item,time,quantity\n" + delivered);
        var log = _folder.Write("log.yaml", "data:\n  log: {events: events.csv, items: stocked.csv, stock: stock.csv}\n");
        (code, _, error) = CommandLine.Run("recommend", "lists", "--log", log, "--weights", "purchase=1", "--by", "popular", "--top", "20", "--seen", "--out", _folder.Path("l.csv"), "--force");
        Assert.True(code == 0, error);
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i is not (7 or 9)).Select(i => $"i{i}").Order(), Listed().Order());

        IEnumerable<string> Listed() => File.ReadLines(_folder.Path("l.csv")).Skip(1).Select(l => l.Split(',')[3]).Distinct();
    }

    [Fact]
    public void Sampled_figures_are_labelled_everywhere()
    {
        var candidates = _folder.Write("candidates", "(u0,i1)\ti3\ti5\n(u1,i0)\ti2\ti4\n");
        var (code, output, error) = CommandLine.Run("recommend", "evaluate", "--interactions", _pairs, "--by", "popular,item_knn", "--candidates", candidates, "--json");
        Assert.True(code == 0, error);
        Assert.StartsWith("SAMPLED", JsonDocument.Parse(output).RootElement.GetProperty("protocol").GetString(), StringComparison.Ordinal);
        var people = CommandLine.Run("recommend", "evaluate", "--interactions", _pairs, "--by", "popular", "--candidates", candidates).Error;
        Assert.Contains("SAMPLED", people, StringComparison.Ordinal);
        Assert.Contains("among sampled candidates", people, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("did you mean 'item_knn'?", "--by", "itemknn")]
    [InlineData("unknown key 'factor' in als; did you mean 'factors'?", "--set", "als.factor=3")]
    [InlineData("--top 0 is not from 1", "--top", "0")]
    [InlineData("--split middle is not known", "--split", "middle")]
    [InlineData("--splits draws splits", "--splits", "2", "--split", "time")]
    [InlineData("--test-type goes with --split pairs", "--test-type", "purchase")]
    [InlineData("there is no column 'type'", "--weights", "purchase=5")]
    [InlineData("--weights 'purchase' is no type with a number", "--weights", "purchase")]
    [InlineData("--vary 'als' names no setting", "--vary", "als")]
    [InlineData("leave --interactions out", "--log", "sundry.yaml")]
    [InlineData("the interactions have no types", "--by", "als:purchase")]
    [InlineData("--test-share 2 is no share", "--test-share", "2")]
    [InlineData("the items have no column 'category'", "--where", "category = shoes")]
    [InlineData("did you mean 'item'?", "--where", "itm = i1")]
    [InlineData("holds for no item", "--where", "item = nothing")]
    public void What_is_wrong_is_said_in_one_sentence(string part, params string[] arguments) =>
        Assert.Contains(part, CommandLine.Refusal(["recommend", "evaluate", "--interactions", _pairs, .. arguments]), StringComparison.Ordinal);

    [Fact]
    public void Without_interactions_there_is_nothing_to_do() =>
        Assert.Contains("name their tables with --interactions", CommandLine.Refusal("recommend", "evaluate"), StringComparison.Ordinal);
}
