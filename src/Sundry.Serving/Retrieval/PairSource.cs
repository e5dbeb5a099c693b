namespace Sundry.Serving;

/// <summary>Neighbours of the query's newest items: visited or bought together with them. The sum over the items, each counting less than the one after it.</summary>
public sealed class PairSource(PairCounts pairs) : ICandidateSource
{
    /// <summary>The newest items that count.</summary>
    public const int Newest = 10;

    private const float Fading = 0.8f;

    /// <inheritdoc/>
    public string Name => pairs.Name;

    /// <inheritdoc/>
    public int Find(CandidateQuery query, Span<Candidate> into)
    {
        var sums = new Dictionary<int, float>();
        Span<Candidate> neighbours = stackalloc Candidate[byte.MaxValue];
        var items = query.Items.Span[..Math.Min(Newest, query.Items.Length)];
        var weight = 1f;
        foreach (var item in items)
        {
            var count = pairs.Read(item, neighbours);
            foreach (var (other, score) in neighbours[..count])
                if (score > 0 && query.Allowed[other]) sums[other] = sums.GetValueOrDefault(other) + weight * score;
            weight *= Fading;
        }

        foreach (var item in items) sums.Remove(item);
        var found = new Candidate[sums.Count];
        var i = 0;
        foreach (var (item, score) in sums) found[i++] = new Candidate(item, score);
        Array.Sort(found, (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Item.CompareTo(b.Item));
        var kept = Math.Min(found.Length, into.Length);
        found.AsSpan(0, kept).CopyTo(into);
        return kept;
    }
}
