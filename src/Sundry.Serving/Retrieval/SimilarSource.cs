using System.Buffers;
using Sundry.Compute;

namespace Sundry.Serving;

/// <summary>
/// Items whose content vectors are nearest to those of the query's newest items, their unit vectors averaged; rows must be of length 1 (<see cref="Unit"/>), so that
/// products are cosines. The query's own items are left out.
/// </summary>
public sealed class SimilarSource(string name, VectorRows content) : ICandidateSource
{
    /// <summary>The newest items that count.</summary>
    public const int Newest = 3;

    private readonly VectorSource _search = new(name, content);

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Scales a vector to length 1; zeros stay zeros.</summary>
    public static void Unit(Span<float> vector)
    {
        var squares = 0.0;
        foreach (var x in vector) squares += (double)x * x;
        if (squares == 0) return;
        var scale = (float)(1 / Math.Sqrt(squares));
        foreach (ref var x in vector) x *= scale;
    }

    /// <inheritdoc/>
    public int Find(CandidateQuery query, Span<Candidate> into)
    {
        Span<float> sum = stackalloc float[content.Width];
        Span<float> row = stackalloc float[content.Width];
        sum.Clear();
        var items = query.Items.Span[..Math.Min(Newest, query.Items.Length)];
        var known = 0;
        foreach (var item in items)
        {
            if (!content.TryRead(item, row)) continue;
            for (var i = 0; i < row.Length; i++) sum[i] += row[i];
            known++;
        }

        if (known == 0) return 0;
        foreach (ref var x in sum) x /= known;
        // the items themselves are the nearest of all
        var found = ArrayPool<Candidate>.Shared.Rent(into.Length + items.Length);
        var count = _search.Find(sum, query.Allowed, found.AsSpan(0, into.Length + items.Length));
        var kept = 0;
        for (var i = 0; i < count && kept < into.Length; i++)
            if (!items.Contains(found[i].Item)) into[kept++] = found[i];
        ArrayPool<Candidate>.Shared.Return(found);
        return kept;
    }
}
