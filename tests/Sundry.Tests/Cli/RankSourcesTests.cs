using System.Globalization;
using System.Text;
using System.Text.Json;
using Sundry.Models;

namespace Sundry.Tests.Cli;

/// <summary>A ranking beside tasks of another source and tasks that only help: it orders rows of the main table by tasks that are predicted.</summary>
[Collection(CommandLine.Name)]
public sealed class RankSourcesTests : IDisposable
{
    private const string Config = """
        name: lists
        data:
          train: visits.csv
          split: {by: user, column: user, test: 20%}
          sources:
            users: {train: users.csv, split: {by: user, column: user, test: 20%}}
        features: {user: categorical, x: numeric, age: numeric}
        tasks:
          click: binary
          buy: binary
          dwell: {type: regression, main: false}
          churn: {type: binary, source: users}
        model: {architecture: shared_bottom, bottom: [8], tower: [4]}
        training: {epochs: 2, batch: 128}
        ranking: {group: session, goal: {ndcg: buy, at: 3}}

        """;

    private readonly TemporaryFolder _folder = new();

    public RankSourcesTests()
    {
        _folder.Write("sundry.yaml", Config);
        _folder.Write("visits.csv", Visits(1500, 1, dwell: true));
        _folder.Write("new.csv", Visits(200, 2, dwell: false));
        var users = new StringBuilder("user,age,churn\n");
        for (var u = 0; u < 100; u++) users.Append(CultureInfo.InvariantCulture, $"u{u},{20 + u % 50},{u % 2}\n");
        _folder.Write("users.csv", users.ToString());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_the_main_source_are_ranked_by_its_main_tasks()
    {
        var trained = Document("train", "-c", _folder.Path("sundry.yaml"), "--json");
        var model = trained.GetProperty("model").GetString()!;
        Assert.Equal(["value", "click", "buy"], trained.GetProperty("ranking").GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("order").GetString()));
        Assert.True(trained.GetProperty("tasks").GetProperty("churn").GetProperty("test").GetProperty("auc").ValueKind != JsonValueKind.Undefined);
        using (var bundle = Bundle.Load(model)) Assert.Equal(["click", "buy"], bundle.Ranking!.Weights.Keys);

        // tasks that only helped need no labels, and change no order where they are predicted
        Assert.Equal(["value", "click", "buy"], Document("rank", model, _folder.Path("new.csv"), "--json").GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("order").GetString()));
        Assert.Equal(["click", "buy"], Document("evaluate", model, _folder.Path("new.csv"), "--json").GetProperty("tasks").EnumerateObject().Select(t => t.Name));
        Assert.Equal(["click", "buy", "dwell"], Document("evaluate", model, _folder.Path("visits.csv"), "--json").GetProperty("tasks").EnumerateObject().Select(t => t.Name));
        var (plain, all) = (Ranked(model), Ranked(model, "--all-tasks"));
        Assert.EndsWith(",p_click,p_buy,value,rank", plain[0], StringComparison.Ordinal);
        Assert.EndsWith(",p_click,p_buy,p_dwell,value,rank", all[0], StringComparison.Ordinal);
        Assert.Equal(201, plain.Length);
        Assert.Equal(plain.Select(Last), all.Select(Last));

        Assert.Equal("the ranking orders rows of data.train or data.rows, not those of the source 'users'; leave out --rank or --source", CommandLine.Refusal("predict", model, _folder.Path("users.csv"), "--rank", "--source", "users"));
        Assert.Equal("the ranking orders rows of data.train or data.rows, not those of the source 'users'; leave out --source", CommandLine.Refusal("rank", model, _folder.Path("users.csv"), "--source", "users"));
        Assert.Equal(0, CommandLine.Run("predict", model, _folder.Path("users.csv"), "--source", "users", "--out", _folder.Path("churn.csv")).Code);
        Assert.Contains("'churn' is about the source 'users'", CommandLine.Refusal("rank", model, _folder.Path("new.csv"), "--fit", "--set", "ranking.value.terms=[click, churn]"), StringComparison.Ordinal);
        static string Last(string line) => string.Join(',', line.Split(',')[^2..]);
    }

    [Theory]
    [InlineData("goal.ndcg=churn", "'churn' is about the source 'users', and a ranking orders rows of data.train, which have no output of it; rank by click, buy")]
    [InlineData("value.weights={churn*price: 1}", "'churn' is about the source 'users'")]
    [InlineData("value.terms=[click, dwell]", "'dwell' only helps the others to learn ('main: false')")]
    [InlineData("value.terms=[clik]", "did you mean 'click'?")]
    public void What_the_rows_of_the_lists_have_no_output_of_is_refused(string setting, string part)
    {
        Assert.Contains(part, CommandLine.Refusal("train", "-c", _folder.Path("sundry.yaml"), "--set", "ranking." + setting), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("models")));
    }

    [Fact]
    public void A_main_table_whose_tasks_only_help_cannot_be_ranked() =>
        Assert.Contains("every task that is wanted for itself is about another source", CommandLine.Refusal("train", "-c", _folder.Path("sundry.yaml"), "--set", "tasks.click.main=false", "--set", "tasks.buy.main=false"), StringComparison.Ordinal);

    private string[] Ranked(string model, params string[] more)
    {
        var place = _folder.Path("ranked.csv");
        var (code, _, error) = CommandLine.Run(["predict", model, _folder.Path("new.csv"), "--rank", "--out", place, "--force", .. more]);
        Assert.True(code == 0, error);
        return File.ReadAllLines(place);
    }

    private static JsonElement Document(params string[] arguments)
    {
        var (code, output, error) = CommandLine.Run(arguments);
        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static string Visits(int rows, int seed, bool dwell)
    {
        var random = new Random(seed);
        var text = new StringBuilder($"user,session,price,x,click,buy{(dwell ? ",dwell" : "")}\n");
        for (var i = 0; i < rows; i++)
        {
            var x = 2 * random.NextDouble() - 1;
            var click = random.NextDouble() < 1 / (1 + Math.Exp(-2 * x)) ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"u{i / 8 % 100},s{i / 8},{1 + random.Next(50)},{x:0.####},{click},{(click == 1 && random.Next(2) == 0 ? 1 : 0)}{(dwell ? $",{random.Next(60)}" : "")}\n");
        }

        return text.ToString();
    }
}
