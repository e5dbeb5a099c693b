using System.Globalization;
using System.Text;
using System.Text.Json;
using Sundry.Models;

namespace Sundry.Tests.Cli;

/// <summary>From a section <c>ranking</c> to ranked predictions: <c>train</c>, <c>predict --rank</c>, <c>rank</c>.</summary>
[Collection(CommandLine.Name)]
public sealed class RankVerbTests : IDisposable
{
    private const string Config = """
        name: lists
        data: {train: train.csv, validation: 20%, split: {by: user, column: session, test: 20%}}
        features: {x: numeric, z: numeric}
        tasks: {click: binary, buy: binary}
        model: {architecture: shared_bottom, bottom: [8], tower: [4]}
        training: {epochs: 2, batch: 256}
        ranking: {group: session, goal: {ndcg: buy, at: 3}}

        """;

    private readonly TemporaryFolder _folder = new();

    public RankVerbTests()
    {
        _folder.Write("sundry.yaml", Config);
        _folder.Write("train.csv", Table(3000, 1));
        _folder.Write("new.csv", Table(400, 2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_learns_ranks_and_is_fitted_again()
    {
        var trained = Document("train", "-c", _folder.Path("sundry.yaml"), "--json");
        var model = trained.GetProperty("model").GetString()!;
        var ranking = trained.GetProperty("ranking");
        Assert.Equal("test", ranking.GetProperty("part").GetString());
        Assert.Equal(["value", "click", "buy"], ranking.GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("order").GetString()));
        Assert.InRange(ranking.GetProperty("scores")[0].GetProperty("goal").GetDouble(), .3, 1);
        var report = File.ReadAllText(Path.Combine(model, "report.html"));
        Assert.Contains("<section id=\"ranking\"", report, StringComparison.Ordinal);
        Assert.Contains("Trade-off between", report, StringComparison.Ordinal);

        Ranks(model, method: "weighted_sum");
        var judged = Document("rank", model, _folder.Path("new.csv"), "--json");
        Assert.True(judged.GetProperty("ranking").GetProperty("fitted").GetBoolean() is false, "the weights are now given");
        var fitted = Document("rank", model, _folder.Path("new.csv"), "--fit", "--set", "ranking.value.method=rank_average", "--set", "ranking.goal={revenue: price, of: buy, at: 2}", "--set", "ranking.value.terms=[click, buy*price]", "--json");
        Assert.True(fitted.GetProperty("ranking").GetProperty("fitted").GetBoolean());
        using (var bundle = Bundle.Load(model))
        {
            Assert.Equal(ValueMethod.RankAverage, bundle.Ranking!.Method);
            Assert.Equal(["click", "buy*price"], bundle.Ranking.Weights.Keys);
            Assert.Equal("price", bundle.Ranking.Goal.Revenue);
        }

        Assert.Equal(0, CommandLine.Run("evaluate", model, _folder.Path("new.csv")).Code);
        Ranks(model, method: "rank_average");
        // what was fitted is what is judged from now on
        var again = Document("rank", model, _folder.Path("new.csv"), "--json");
        Assert.Equal(fitted.GetProperty("scores")[0].GetProperty("goal").GetDouble(), again.GetProperty("scores")[0].GetProperty("goal").GetDouble(), 12);
        Assert.Contains("has a column 'value'", CommandLine.Refusal("predict", model, _folder.Path("ranked.csv"), "--rank"), StringComparison.Ordinal);
        Assert.Contains("'session', named as ranking.group", CommandLine.Refusal("predict", model, _folder.Write("alone.csv", "x,z,price\n1,2,3\n"), "--rank"), StringComparison.Ordinal);
        Assert.Contains("leave one of the two out", CommandLine.Refusal("rank", model, _folder.Path("new.csv"), "--fit", "--set", "ranking.value.weights={buy: 1}", "--set", "ranking.value.terms=[]"), StringComparison.Ordinal);
        Assert.Contains("is not about the ranking", CommandLine.Refusal("rank", model, _folder.Path("new.csv"), "--set", "training.epochs=1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group=sesion", "did you mean 'session'?")]
    [InlineData("group=id", "is a single row")]
    [InlineData("goal.ndcg=bye", "did you mean 'buy'?")]
    [InlineData("value.weights={click: -1}", "the weight of 'click' is -1")]
    [InlineData("value.weights={click: 0}", "every weight is 0")]
    [InlineData("value.weights={click*prize: 1}", "did you mean 'price'?")]
    public void What_cannot_be_ranked_is_refused_before_it_is_trained(string setting, string part)
    {
        Assert.Contains(part, CommandLine.Refusal("train", "-c", _folder.Path("sundry.yaml"), "--set", "ranking." + setting), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("models")));
    }

    [Fact]
    public void A_model_without_a_ranking_says_how_to_get_one()
    {
        File.WriteAllText(_folder.Path("sundry.yaml"), Config.Split("ranking:")[0]);
        var model = Document("train", "-c", _folder.Path("sundry.yaml"), "--json").GetProperty("model").GetString()!;
        Assert.Contains("keeps no ranking", CommandLine.Refusal("predict", model, _folder.Path("new.csv"), "--rank"), StringComparison.Ordinal);
        Assert.Contains("--set ranking.group=COLUMN", CommandLine.Refusal("rank", model, _folder.Path("new.csv")), StringComparison.Ordinal);
        var fitted = CommandLine.Run("rank", model, _folder.Path("new.csv"), "--fit", "--set", "ranking.group=session", "--set", "ranking.goal.ndcg=buy", "--json");
        Assert.True(fitted.Code == 0, fitted.Error);
        Assert.Equal(0, CommandLine.Run("predict", model, _folder.Path("new.csv"), "--rank", "--out", _folder.Path("p.csv")).Code);
    }

    // the rows as they were, each with its formula's value, and ranks that count down the values of its list
    private void Ranks(string model, string method)
    {
        var place = _folder.Path("ranked.csv");
        var (code, _, error) = CommandLine.Run("predict", model, _folder.Path("new.csv"), "--rank", "--out", place, "--force");
        Assert.True(code == 0, error);
        var plain = _folder.Path("plain.csv");
        Assert.Equal(0, CommandLine.Run("predict", model, _folder.Path("new.csv"), "--out", plain, "--force").Code);
        var (lines, before) = (File.ReadAllLines(place), File.ReadAllLines(plain));
        Assert.Equal(before[0] + ",value,rank", lines[0]);
        Assert.Equal(before.Length, lines.Length);
        using var bundle = Bundle.Load(model);
        var click = bundle.Ranking!.Weights.GetValueOrDefault("click");
        var buy = bundle.Ranking.Weights.GetValueOrDefault("buy");
        var rows = lines[1..].Select(l => l.Split(',')).ToList();
        for (var i = 1; i < lines.Length; i++) Assert.StartsWith(before[i] + ",", lines[i], StringComparison.Ordinal);
        foreach (var list in rows.GroupBy(r => r[1]))
        {
            var ordered = list.OrderBy(r => int.Parse(r[^1], CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(Enumerable.Range(1, ordered.Count), ordered.Select(r => int.Parse(r[^1], CultureInfo.InvariantCulture)));
            Assert.Equal(ordered.Select(Value).OrderDescending(), ordered.Select(Value));
        }

        if (method == "weighted_sum")
            Assert.All(rows, r => Assert.Equal(click * Number(r[^4]) + buy * Number(r[^3]), Value(r), 5));
        else
            Assert.All(rows, r => Assert.InRange(Value(r), 0, 1));

        static double Value(string[] row) => Number(row[^2]);
        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static JsonElement Document(params string[] arguments)
    {
        var (code, output, error) = CommandLine.Run(arguments);
        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    // rows of a session do not stand together
    private static string Table(int rows, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("id,session,note,price,x,z,click,buy\n");
        for (var i = 0; i < rows; i++)
        {
            var (x, z) = (2 * random.NextDouble() - 1, 2 * random.NextDouble() - 1);
            var click = random.NextDouble() < 1 / (1 + Math.Exp(-2 * x)) ? 1 : 0;
            var buy = click == 1 && random.NextDouble() < 1 / (1 + Math.Exp(-3 * z)) ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"{i},s{random.Next(rows / 8)},{(i == 0 ? "a b" : "")},{1 + random.Next(50)},{x:0.####},{z:0.####},{click},{buy}\n");
        }

        return text.ToString();
    }
}
