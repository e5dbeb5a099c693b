using Sundry.Training;

namespace Sundry.Tests.Training;

public sealed class RankingResultTests
{
    private static readonly RankingResult s_result = SampleReport.Full().Ranking!;

    [Fact]
    public void The_finding_holds_the_formula_against_the_best_term() => Assert.Equal(
        "NDCG@10 of income on test rows: the weighted sum reaches 0.5200, better than ordering by 'income' alone, the best single term where the weights were fitted"
        + " (0.5000; difference +0.0200, 95% interval +0.0100 to +0.0300).",
        s_result.Finding);

    [Fact]
    public void A_formula_that_is_one_term_alone_says_so()
    {
        var alone = s_result.Ranking with { Weights = s_result.Ranking.Weights.ToDictionary(w => w.Key, w => w.Key == "income" ? 1.0 : 0) };
        Assert.EndsWith(
            "reaches 0.5200. It is the order of 'income' alone: no mixture did better on the rows that the weights were fitted on.", (s_result with { Ranking = alone }).Finding, StringComparison.Ordinal);
        Assert.EndsWith("It is the order of 'income' alone.", (s_result with { Ranking = alone, FittedOn = null }).Finding, StringComparison.Ordinal);
    }
}
