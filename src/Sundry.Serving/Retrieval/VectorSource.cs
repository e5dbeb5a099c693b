using System.Collections.Concurrent;
using Sundry.Compute;

namespace Sundry.Serving;

/// <summary>Items whose vectors have the greatest products with the user's. A row's number is its item's.</summary>
public sealed class VectorSource(string name, VectorRows rows) : ICandidateSource
{
    private readonly ConcurrentBag<Buffers> _free = [];

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int Find(CandidateQuery query, Span<Candidate> into) =>
        query.Vector.Length == rows.Width ? Find(query.Vector.Span, query.Allowed, into) : 0;

    /// <summary>Items whose vectors have the greatest products with this one.</summary>
    internal int Find(ReadOnlySpan<float> vector, ItemBits allowed, Span<Candidate> into)
    {
        // an empty set of bits means that all are allowed
        if (into.IsEmpty || allowed.Words.IsEmpty) return 0;
        var buffers = _free.TryTake(out var free) ? free : new Buffers();
        var count = buffers.Find(rows, vector, allowed, into);
        _free.Add(buffers);
        return count;
    }

    private sealed class Buffers
    {
        private readonly RowSearch _search = new();
        private int[] _found = [];
        private float[] _scores = [];

        public int Find(VectorRows rows, ReadOnlySpan<float> vector, ItemBits allowed, Span<Candidate> into)
        {
            if (_found.Length < into.Length) (_found, _scores) = (new int[into.Length], new float[into.Length]);
            var count = _search.Find(rows, vector, into.Length, allowed.Words, _found, _scores);
            for (var i = 0; i < count; i++) into[i] = new Candidate(_found[i], _scores[i]);
            return count;
        }
    }
}
