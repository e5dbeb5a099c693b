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
