namespace Sundry.Training;

/// <summary>A recommender as it was judged.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Results">One a seed.</param>
/// <param name="Seconds">Mean seconds of a fit.</param>
public sealed record TopNContestant(string Name, IReadOnlyList<TopNResult> Results, double Seconds)
{
    /// <summary>One that was judged on several splits, as one: its results are those of all of them.</summary>
    public static TopNContestant Joined(IReadOnlyList<TopNContestant> splits) => new(splits[0].Name, [.. splits.SelectMany(s => s.Results)], splits.Average(s => s.Seconds));

    /// <summary>A measure over the seeds.</summary>
    public SeedSummary Over(TopNMetric metric) => SeedSummary.Of([.. Results.Select(r => r.Mean(metric))]);

    /// <summary>A figure of the lists over the seeds; nothing where the protocol has none.</summary>
    public SeedSummary Over(Func<ListFigures, double> figure) => SeedSummary.Of([.. Results.Select(r => r.Figures is { } f ? figure(f) : double.NaN)]);

    /// <summary>The segments, means over the seeds.</summary>
    public IReadOnlyList<TopNSegment> Segments => Results[0].Segments.Count == 0 ? [] :
    [
        .. Enumerable.Range(0, Results[0].Segments.Count).Select(i => Results[0].Segments[i] with
        {
            Recall = Results.Average(r => r.Segments[i].Recall),
            Ndcg = Results.Average(r => r.Segments[i].Ndcg),
        }),
    ];
}
