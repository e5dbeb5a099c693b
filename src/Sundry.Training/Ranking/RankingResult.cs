using Sundry.Models;

namespace Sundry.Training;

/// <summary>How a value formula orders lists, beside the order of each term alone.</summary>
/// <param name="Ranking">The formula.</param>
/// <param name="Part">The rows it was judged on.</param>
/// <param name="FittedOn">The goal on the rows that the weights were fitted on; null where they were given.</param>
/// <param name="Lists">Groups of two rows or more.</param>
/// <param name="ListsWithGain">Those of them with a gain of the goal.</param>
/// <param name="LoneRows">Groups of one row, left out.</param>
/// <param name="Scores">The formula first, then each term.</param>
/// <param name="Best">The term whose order alone does best, on the rows of the fit where there were such.</param>
/// <param name="Difference">The formula against <paramref name="Best"/>, with a paired bootstrap interval over lists.</param>
/// <param name="TradeOffs">What happens as weight moves from one term to another.</param>
public sealed record RankingResult(
    RankingInfo Ranking, string Part, double? FittedOn, int Lists, int ListsWithGain, int LoneRows, IReadOnlyList<RankingScore> Scores, string Best, MetricDifference Difference, IReadOnlyList<RankingResult.TradeOff> TradeOffs)
{
    /// <summary>What was found, in a sentence or two.</summary>
    public string Finding
    {
        get
        {
            var reached = $"{GoalName} on {Part} rows: the {Method} reaches {Figures.Value(Difference.Model)}";
            if (Ranking.Weights.Count(w => w.Value > 0) == 1 && Ranking.Weights.GetValueOrDefault(Best) > 0)
                return $"{reached}. It is the order of '{Best}' alone{(FittedOn is null ? "" : ": no mixture did better on the rows that the weights were fitted on")}.";
            var best = $"ordering by '{Best}' alone, the best single term{(FittedOn is null ? "" : " where the weights were fitted")}";
            var verdict = Difference.Verdict switch
            {
                Verdict.Gains => $"better than {best}",
                Verdict.Loses => $"worse than {best}",
                _ => $"no different from {best}, as far as these lists can tell",
            };
            return $"{reached}, {verdict} ({Figures.Value(Difference.Reference)}; difference {Figures.Signed(Difference)}, 95% interval {Figures.Interval(Difference.Low, Difference.High, signed: true)}).";
        }
    }

    /// <summary>The goal as the heads of tables name it.</summary>
    internal string GoalName => Ranking.Goal.Ndcg is { } term ? $"NDCG@{Ranking.Goal.At} of {term}" : $"Revenue@{Ranking.Goal.At} a list";

    private string Method => Data.ConfigWords.Of(Ranking.Method).Replace('_', ' ');

    /// <summary>Two terms under the same method, the weight moving from the first alone to the second alone.</summary>
    /// <param name="From">The term that begins with all the weight.</param>
    /// <param name="To">The term that ends with it.</param>
    /// <param name="Points">The way.</param>
    public sealed record TradeOff(string From, string To, IReadOnlyList<Point> Points);

    /// <summary>One point of a way.</summary>
    /// <param name="Share">The second term's share of the weight, each term measured in deviations of its outputs within lists.</param>
    /// <param name="Goal">The goal's metric.</param>
    /// <param name="Ndcg">NDCG of the second term's labels.</param>
    public sealed record Point(double Share, double Goal, double Ndcg);
}
