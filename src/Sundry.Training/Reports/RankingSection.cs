using System.Xml.Linq;
using static Sundry.Training.Html;
using static Sundry.Training.TableParts;

namespace Sundry.Training;

/// <summary>The tasks' outputs as one ranking: what the formula reaches, beside each term alone, and what moving its weight would trade.</summary>
internal static class RankingSection
{
    private const int MostPlots = 6;

    public static XElement Draw(RankingResult result)
    {
        var ranking = result.Ranking;
        string[] terms = [.. ranking.Weights.Keys];
        return Tag("section", With("id", "ranking"),
            Tag("h2", "One ranking"),
            Tag("p.lead", result.Finding),
            Table(
                $"Lists of the {result.Part} rows, in the order of the formula and of each term alone; weights {(ranking.Fitted ? "fitted on validation" : "as given")}",
                [Head("Ordered by"), NumberHead("Weight"), NumberHead(result.GoalName), .. terms.Select(term => NumberHead($"NDCG of {term}"))],
                result.Scores.Select((score, place) => Tag(place == 0 ? "tr.best" : "tr",
                    RowHead(place == 0 ? "the formula" : score.Order),
                    Number(place == 0 ? "" : ranking.Weights.TryGetValue(score.Order, out double weight) ? Figures.Value(weight) : "–"),
                    Tag("td.n", Figures.Value(score.Goal), Tag("small", Figures.Interval(score.Low, score.High))),
                    terms.Select(term => Number(score.Ndcg[term] is { } ndcg ? Figures.Value(ndcg) : "–"))))),
            result.TradeOffs.Count > 0 ? Tag("div.plots.three", result.TradeOffs.Take(MostPlots).Select((way, index) => Plot(result, way, index))) : null,
            Tag("p.fine",
                $"{Figures.Count(result.Lists)} lists by '{ranking.Group}', {Figures.Count(result.ListsWithGain)} of them with something that the goal counts{(result.LoneRows > 0 ? $"; {Figures.Count(result.LoneRows)} groups of one row are left out" : "")}. ",
                "NDCG is the mean over lists that hold a gain; the 95% intervals resample whole lists. ",
                "A curve moves the weight from the goal's term alone to another alone, counted in deviations of their outputs within lists; the large dot is the formula."));
    }

    private static XElement Plot(RankingResult result, RankingResult.TradeOff way, int index) => Tag($"figure.t{index % StyleSheet.Hues}",
        Tag("figcaption", $"{way.From} against {way.To}", Tag("span.what", $"the weight moves from {way.From} to {way.To}")),
        new ScatterChart
        {
            Title = $"Trade-off between {way.From} and {way.To}",
            Description = $"The goal over NDCG of {way.To} as the weight moves from {way.From} alone to {way.To} alone; the large dot is the formula.",
            XLabel = $"NDCG of {way.To}",
            YLabel = result.GoalName,
            Joined = true,
            Dots =
            [
                .. way.Points.Select((p, i) => new ScatterChart.Dot(
                    p.Ndcg, p.Goal, $"{Figures.Percent(1 - p.Share)} {way.From}, {Figures.Percent(p.Share)} {way.To}: {Figures.Value(p.Goal)}, {Figures.Value(p.Ndcg)}",
                    i == 0 ? $"{way.From} alone" : i == way.Points.Count - 1 ? $"{way.To} alone" : "", Verdict.Same)),
                new(result.Scores[0].Ndcg[way.To] ?? double.NaN, result.Scores[0].Goal, $"the formula: {Figures.Value(result.Scores[0].Goal)}", "formula", Verdict.Same, Chosen: true),
            ],
        }.Draw());
}
