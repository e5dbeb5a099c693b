using Spectre.Console;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>How a value formula orders lists, for people.</summary>
internal static class RankingTable
{
    public static void Write(RankingResult result)
    {
        string[] terms = [.. result.Ranking.Weights.Keys];
        var table = new Table().Title($"{result.Part} rows, {result.Lists:N0} lists: {result.Ranking.Goal}").Border(TableBorder.Rounded).AddColumn("ordered by");
        foreach (var column in (string[])["weight", "goal", .. terms.Select(t => $"ndcg {t}")]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var score in result.Scores)
        {
            var weight = result.Ranking.Weights.TryGetValue(score.Order, out var w) ? w.ToString("0.####") : "";
            table.AddRow([
                new Text(score.Order), new Text(weight), new Text(score.Goal.ToString("0.0000")),
                .. terms.Select(t => new Text(score.Ndcg[t] is { } ndcg ? ndcg.ToString("0.0000") : "–")),
            ]);
        }

        Terminal.People.Write(table);
        var d = result.Difference;
        var fitted = result.Ranking.Fitted ? result.FittedOn is { } reached ? $", fitted (goal {reached:0.0000} there)" : ", fitted" : "";
        Terminal.Say($"{Data.ConfigWords.Of(result.Ranking.Method)}{fitted}: {d.Difference:+0.0000;-0.0000} against '{result.Best}' alone ({d.Low:+0.0000;-0.0000} … {d.High:+0.0000;-0.0000}), {d.Verdict.ToString().ToLowerInvariant()}");
    }
}
