using Spectre.Console;
using Sundry.Training;

namespace Sundry.Cli;

/// <summary>How a value formula orders lists, for people.</summary>
internal static class RankingTable
{
    public static void Write(RankingResult result)
    {
        string[] terms = [.. result.Ranking.Weights.Keys];
        var table = new Table().Title($"{result.Part} rows, {result.Lists:N0} lists; goal {result.Ranking.Goal}").Border(TableBorder.Rounded).AddColumn("ordered by");
        foreach (var column in (string[])["weight", "goal", .. terms.Select(t => $"ndcg {t}")]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var score in result.Scores)
        {
            var isFormula = score == result.Scores[0];
            var weight = !isFormula && result.Ranking.Weights.TryGetValue(score.Order, out var w) ? w.ToString("0.####") : "";
            table.AddRow([
                new Text(isFormula ? "the formula" : score.Order), new Text(weight), new Text(score.Goal.ToString("0.0000")),
                .. terms.Select(t => new Text(score.Ndcg[t] is { } ndcg ? ndcg.ToString("0.0000") : "–")),
            ]);
        }

        Terminal.People.Write(table);
        Terminal.Say(result.Finding);
    }
}
