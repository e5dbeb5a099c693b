using System.Buffers;

namespace Sundry.Serving;

/// <summary>The most popular items: of the query's category, and after them, where they are few, of the whole shop.</summary>
public sealed class PopularSource(PopularCounts counts) : ICandidateSource
{
    /// <inheritdoc/>
    public string Name => counts.Name;

    /// <inheritdoc/>
    public int Find(CandidateQuery query, Span<Candidate> into)
    {
        var count = counts.Read(query.Category, query.Allowed, into);
        if (query.Category < 0 || count == into.Length) return count;
        var overall = ArrayPool<Candidate>.Shared.Rent(into.Length);
        var own = into[..count];
        // in order still: what is popular elsewhere stands behind all of the category
        var most = own.IsEmpty ? float.MaxValue : own[^1].Score;
        foreach (var candidate in overall.AsSpan(0, counts.Read(-1, query.Allowed, overall.AsSpan(0, into.Length))))
        {
            if (count == into.Length) break;
            var known = false;
            foreach (var other in own) known |= other.Item == candidate.Item;
            if (!known) into[count++] = candidate with { Score = Math.Min(candidate.Score, most) };
        }

        ArrayPool<Candidate>.Shared.Return(overall);
        return count;
    }
}
