using System.Globalization;
using System.Text.Json;
using Sundry.Models;

namespace Sundry.Tests.Cli;

/// <summary>A model of a log, from training to lists: <c>predict --rank</c> and <c>rank</c> on the log's rows and on further events.</summary>
[Collection(CommandLine.Name)]
public sealed class LogRankingTests : IDisposable
{
    private const string Events = "id,type,user,session,item,time,position,price\n";
    private const string Config = """
        name: pages
        data:
          log: {events: events.csv, items: items.csv}
          rows: impressions
          split: {by: time, test: 25%}
        features: {item: categorical, position: numeric, category: categorical, clicks: {kind: counter, by: item, events: [click]}}
        tasks:
          click: {type: binary, within: 1h}
          buy: {type: binary, event: purchase, within: 1h, after: [click]}
        model: {architecture: shared_bottom, embedding: 4, bottom: [8], tower: [4]}
        training: {epochs: 2, batch: 256}
        ranking: {group: session, value: {weights: {click: 1, buy*price: 2}}, goal: {ndcg: click, at: 3}}

        """;

    private static readonly DateTime s_start = new(2025, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public LogRankingTests()
    {
        _folder.Write("sundry.yaml", Config);
        _folder.Write("items.csv", "item,category,price\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"i{i},c{i % 4},{5 + i}\n")));
        _folder.Write("events.csv", Events + Pages(0, 400, 1));
        _folder.Write("new.csv", Events + Pages(402, 60, 2));
        _model = Document("train", "-c", _folder.Path("sundry.yaml"), "--json").GetProperty("model").GetString()!;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_the_log_come_list_by_list_best_first()
    {
        var plain = Sheet(Predict("predict", _model)).ToDictionary(Key, r => (Click: r[5], Buy: r[6]));
        var lines = Sheet(Predict("predict", _model, "--rank"), out var header);
        Assert.Equal(["time", "user", "session", "item", "event", "p_click", "p_buy", "value", "rank"], header);
        Assert.Equal(plain.Count, lines.Count);
        Assert.All(lines, r => Assert.Equal(plain[Key(r)], (r[5], r[6])));
        Ranked(lines, list: 2);
        // the first rows of lists are in order of time
        var first = lines.Where(r => r[^1] == "1").Select(r => lines.Where(o => o[2] == r[2]).Min(o => o[0])).ToList();
        Assert.Equal(first.Order(StringComparer.Ordinal), first);
        Assert.All(lines, r => Assert.Equal(Number(r[5]) + 2 * Number(r[6]) * (5 + int.Parse(r[3][1..], CultureInfo.InvariantCulture)), Number(r[7]), 4));
    }

    [Fact]
    public void Further_events_see_the_log_as_their_past_and_alone_make_rows()
    {
        var lines = Sheet(Predict("predict", _model, "--events", _folder.Path("new.csv"), "--rank"));
        Assert.Equal(60 * 5, lines.Count);
        Assert.All(lines, r => Assert.True(int.Parse(r[2][1..], CultureInfo.InvariantCulture) >= 402, r[2]));
        Ranked(lines, list: 2);
        // as a log that holds both would have it
        _folder.Write("both.csv", Events + Pages(0, 400, 1) + Pages(402, 60, 2));
        var both = _folder.Write("both.yaml", "data:\n  log: {events: both.csv, items: items.csv}\n");
        Assert.Equal(lines.Select(l => string.Join(',', l)), Sheet(Predict("predict", _model, "-c", both, "--after", lines.Min(l => l[0])!, "--rank")).Select(l => string.Join(',', l)));
        Assert.Contains("--events " + _folder.Path("new.csv"), CommandLine.Refusal("predict", _model, _folder.Path("new.csv"), "--rank"), StringComparison.Ordinal);
        Assert.Contains("none.csv", CommandLine.Refusal("predict", _model, "--events", _folder.Path("none.csv"), "--rank"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_formula_is_judged_and_fitted_on_rows_of_the_log()
    {
        var judged = Document("rank", _model, "--json");
        Assert.Equal(["value", "click", "buy*price"], judged.GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("order").GetString()));
        Assert.InRange(judged.GetProperty("scores")[0].GetProperty("goal").GetDouble(), .3, 1);
        Assert.InRange(judged.GetProperty("lists").GetInt32(), 100, 101);
        Assert.Equal(60, Document("rank", _model, "--events", _folder.Path("new.csv"), "--json").GetProperty("lists").GetInt32());
        Assert.Contains("made of a log", CommandLine.Refusal("rank", _model, _folder.Path("new.csv")), StringComparison.Ordinal);
        Assert.Contains("did you mean 'session'?", CommandLine.Refusal("rank", _model, "--set", "ranking.group=sesion"), StringComparison.Ordinal);

        // by a column that does not name a row, which is then written beside those that do
        var fitted = CommandLine.Run("rank", _model, "--fit", "--set", "ranking.group=category", "--set", "ranking.goal.ndcg=buy");
        Assert.True(fitted.Code == 0, fitted.Error);
        Assert.Contains("--after LATER", fitted.Error, StringComparison.Ordinal);
        using (var bundle = Bundle.Load(_model)) Assert.True(bundle.Ranking!.Fitted);
        var lines = Sheet(Predict("predict", _model, "--rank"), out var header);
        Assert.Equal(["time", "user", "session", "item", "event", "category", "p_click", "p_buy", "value", "rank"], header);
        Assert.All(lines, r => Assert.Equal($"c{int.Parse(r[3][1..], CultureInfo.InvariantCulture) % 4}", r[5]));
        Ranked(lines, list: 5);
    }

    [Fact]
    public void A_model_without_a_ranking_says_how_to_get_one()
    {
        File.Delete(Path.Combine(_model, "ranking.json"));
        File.WriteAllText(_folder.Path("sundry.yaml"), Config.Split("ranking:")[0]);
        var model = Document("train", "-c", _folder.Path("sundry.yaml"), "--json", "--force").GetProperty("model").GetString()!;
        Assert.Contains("sundry rank MODEL --fit", CommandLine.Refusal("predict", model, "--rank"), StringComparison.Ordinal);
    }

    private static void Ranked(List<string[]> lines, int list)
    {
        // each list stands together, and its values fall as its ranks rise
        var seen = new HashSet<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            var rank = int.Parse(lines[i][^1], CultureInfo.InvariantCulture);
            if (i == 0 || lines[i][list] != lines[i - 1][list])
            {
                Assert.True(seen.Add(lines[i][list]));
                Assert.Equal(1, rank);
                continue;
            }

            Assert.Equal(int.Parse(lines[i - 1][^1], CultureInfo.InvariantCulture) + 1, rank);
            Assert.True(Number(lines[i][^2]) <= Number(lines[i - 1][^2]));
        }
    }

    private static string Predict(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var place = folder.Path("p.csv");
        var (code, _, error) = CommandLine.Run([.. arguments, "--out", place]);
        Assert.True(code == 0, error);
        return File.ReadAllText(place);
    }

    private static List<string[]> Sheet(string text) => Sheet(text, out _);

    private static List<string[]> Sheet(string text, out string[] header)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split(',')).ToList();
        header = lines[0];
        return lines[1..];
    }

    private static (string, string) Key(string[] row) => (row[2], row[3]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static JsonElement Document(params string[] arguments)
    {
        var (code, output, error) = CommandLine.Run(arguments);
        Assert.True(code == 0, error);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    // pages of five products, a session each, some of two pages' sessions overlapping in time
    private static string Pages(int first, int count, int seed)
    {
        var random = new Random(seed);
        var text = new System.Text.StringBuilder();
        for (var page = first; page < first + count; page++)
        {
            var items = Enumerable.Range(0, 20).OrderBy(_ => random.Next()).Take(5).ToArray();
            for (var place = 0; place < 5; place++)
            {
                // a page's later half is shown after the next page's first
                var time = s_start.AddMinutes(page * 60 + (place > 2 ? 61 : 0)).AddSeconds(place);
                var item = items[place];
                Line("impression", time, item, place + 1);
                if (random.NextDouble() > (item % 4 == 0 ? .7 : .2)) continue;
                Line("click", time.AddSeconds(30), item, place + 1);
                if (random.NextDouble() < (item % 2 == 0 ? .7 : .3)) Line("purchase", time.AddSeconds(90), item, place + 1);
            }

            void Line(string type, DateTime time, int item, int place) =>
                text.Append(CultureInfo.InvariantCulture, $",{type},u{page % 30},s{page},i{item},{time:yyyy-MM-ddTHH:mm:ssZ},{place},{5 + item}\n");
        }

        return text.ToString();
    }
}
