using Sundry.Training;
using static Sundry.Cli.JsonNumber;

namespace Sundry.Cli;

/// <summary>What <c>recommend evaluate --json</c> prints; what is undefined is null.</summary>
internal sealed record TopNJson(string Protocol, int Top, TopNJson.PartJson Train, TopNJson.PartJson Test, IReadOnlyList<TopNJson.ResultJson> Results)
{
    public static TopNJson Of(IReadOnlyList<TopNContestant> results, Interactions train, int pairs)
    {
        var first = results[0].Results[0];
        return new(first.Protocol, first.Length, new(train.UserCount, train.ItemCount, train.Count), new(first.Users.Length, null, pairs), [.. results.Select(r => new ResultJson(
            r.Name, r.Results.Count, r.Seconds,
            Enum.GetValues<TopNMetric>().ToDictionary(m => TopNResult.Name(m, first.Length), m => Summary(r.Over(m))),
            first.Figures is null ? null : new()
            {
                ["coverage"] = Summary(r.Over(f => f.Coverage)),
                ["novelty"] = Summary(r.Over(f => f.Novelty)),
                ["diversity"] = Summary(r.Over(f => f.Diversity)),
                ["popularity"] = Summary(r.Over(f => f.Popularity)),
                ["gini"] = Summary(r.Over(f => f.Gini)),
            },
            [.. r.Segments.Select(s => new SegmentJson(s.Name, s.Meaning, s.Users, Finite(s.Recall), Finite(s.Ndcg)))],
            r == results[0] ? null : Enum.GetValues<TopNMetric>().Select(m => TopNComparison.Of(r.Results, results[0].Results, m)).ToDictionary(
                d => d.Metric, d => Difference(results[0].Name, d)),
            r == results[0] || !r.Results.All(o => o.Rare.Contains(true)) ? null : Difference(results[0].Name, TopNComparison.Of(r.Results, results[0].Results, TopNMetric.Recall, rare: true))))]);
    }

    private static DifferenceJson Difference(string reference, MetricDifference d) => new(reference, Finite(d.Difference), Interval(d.Low, d.High), d.Verdict);

    private static SummaryJson Summary(SeedSummary s) => new(Finite(s.Mean), Finite(s.Sd));

    /// <summary>A part of the interactions.</summary>
    internal sealed record PartJson(int Users, int? Items, int Interactions);

    /// <summary>A recommender.</summary>
    internal sealed record ResultJson(
        string Recommender, int Seeds, double Seconds, Dictionary<string, SummaryJson> Metrics, Dictionary<string, SummaryJson>? Lists, IReadOnlyList<SegmentJson> Segments, Dictionary<string, DifferenceJson>? Against, DifferenceJson? RecallOfRare);

    /// <summary>Over seeds.</summary>
    internal sealed record SummaryJson(double? Mean, double? Sd);

    /// <summary>Some users or test items.</summary>
    internal sealed record SegmentJson(string Segment, string Meaning, int Users, double? Recall, double? Ndcg);

    /// <summary>The difference to the first recommender, with its interval over users.</summary>
    internal sealed record DifferenceJson(string Reference, double? Difference, double[] Interval, Verdict Verdict);
}
