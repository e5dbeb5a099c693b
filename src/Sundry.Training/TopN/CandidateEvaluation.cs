namespace Sundry.Training;

/// <summary>
/// Judges among candidates that were given. It serves to reproduce published figures and nothing else: what is best among a hundred drawn items need not be best among all
/// (Krichene and Rendle, "On Sampled Metrics for Item Recommendation", 2020). Every result says so in its protocol.
/// </summary>
public static class CandidateEvaluation
{
    private const int Block = 256;

    /// <summary>Judges a recommender; of equal scores the lower item number stands first.</summary>
    /// <param name="recommender">The recommender.</param>
    /// <param name="items">How many items it scores.</param>
    /// <param name="lists">Test items with their candidates.</param>
    /// <param name="length">The lists' length.</param>
    /// <param name="request">Threads, progress and cancellation.</param>
    public static TopNResult Run(IRecommender recommender, int items, IReadOnlyList<CandidateList> lists, int length, FitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var values = new double[ListScore.Count][];
        for (var m = 0; m < values.Length; m++) values[m] = new double[lists.Count];
        var scores = new float[Block * items];
        for (var first = 0; first < lists.Count; first += Block)
        {
            request.Tell("candidates", first, lists.Count, "users");
            var count = Math.Min(Block, lists.Count - first);
            var start = first;
            int[] users = [.. Enumerable.Range(first, count).Select(i => lists[i].User)];
            const int Part = 16;
            Parallel.For(0, (count + Part - 1) / Part, request.Parallel, part =>
            {
                var own = users.AsSpan(part * Part, Math.Min(Part, count - part * Part));
                recommender.Score(own, scores.AsSpan(part * Part * items, own.Length * items));
                var measures = new double[ListScore.Count];
                for (var i = 0; i < own.Length; i++)
                {
                    var list = lists[start + part * Part + i];
                    var row = scores.AsSpan((part * Part + i) * items, items);
                    var (score, rank) = (row[list.Item], 0);
                    foreach (var other in list.Others)
                        if (row[other] > score || (row[other] == score && other < list.Item)) rank++;
                    // the list as far as it matters: the test item behind so many others
                    int[] ranked = rank < length ? [.. Enumerable.Repeat(-1, rank), list.Item] : [];
                    ListScore.Of(ranked, [list.Item], length, measures);
                    for (var m = 0; m < measures.Length; m++) values[m][start + part * Part + i] = measures[m];
                }
            });
        }

        var (least, most) = (lists.Min(l => l.Others.Length), lists.Max(l => l.Others.Length));
        return new($"SAMPLED: 1 test item among {(least == most ? $"{most}" : $"{least} to {most}")} given candidates, not the catalogue", length, [.. lists.Select(l => l.User)], values);
    }
}
