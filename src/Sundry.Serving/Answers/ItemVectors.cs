using Sundry.Compute;

namespace Sundry.Serving;

/// <summary>
/// Vectors by the numbers of one memory of the shop. A user who has a vector of their own is found by it; everybody else by the mean of the vectors of the items that they looked at
/// last, which lies where users who like these items lie.
/// </summary>
internal sealed class ItemVectors : IDisposable
{
    private const int Newest = 10;

    private readonly VectorRows _rows;
    private int _placed;

    /// <summary>None yet; <see cref="Follow"/>.</summary>
    public ItemVectors(IKnownVectors known)
    {
        Known = known;
        _rows = new VectorRows(known.Width);
        Source = new VectorSource("vectors", _rows);
    }

    /// <summary>Where they are from.</summary>
    public IKnownVectors Known { get; }

    /// <summary>Finds items by them.</summary>
    public VectorSource Source { get; }

    /// <summary>The vectors by the shop's numbers.</summary>
    public VectorRows Rows => _rows;

    /// <summary>Gives items of the shop that have come since their vectors. The shop must stand still.</summary>
    public void Follow(EventLog known)
    {
        if (Volatile.Read(ref _placed) == known.Items.Count) return;
        lock (_rows) Place(known);
    }

    /// <summary>Of some items the one whose vector is nearest to another item's, by the cosine; -1 where none has one.</summary>
    public int Nearest(int item, ReadOnlySpan<int> items)
    {
        var (own, row) = (new float[Known.Width], new float[Known.Width]);
        if (!_rows.TryRead(item, own)) return -1;
        SimilarSource.Unit(own);
        var (best, most) = (-1, 0f);
        foreach (var other in items[..Math.Min(items.Length, Newest)])
        {
            if (other == item || !_rows.TryRead(other, row)) continue;
            SimilarSource.Unit(row);
            var cosine = 0f;
            for (var i = 0; i < row.Length; i++) cosine += own[i] * row[i];
            if (cosine > most) (best, most) = (other, cosine);
        }

        return best;
    }

    /// <summary>A visitor's vector; empty where nothing is known.</summary>
    /// <param name="user">The user's id; null where nobody is known.</param>
    /// <param name="items">The last items, the newest first.</param>
    public float[] Of(string? user, ReadOnlySpan<int> items)
    {
        var sum = new float[Known.Width];
        if (user is not null && Known.TryUser(user, sum)) return sum;
        var row = new float[Known.Width];
        var count = 0;
        foreach (var item in items)
        {
            if (count == Newest || !_rows.TryRead(item, row)) continue;
            for (var i = 0; i < row.Length; i++) sum[i] += row[i];
            count++;
        }

        if (count == 0) return [];
        foreach (ref var x in sum.AsSpan()) x /= count;
        return sum;
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private void Place(EventLog known)
    {
        var (numbers, vectors) = (new List<int>(), new List<float>());
        Span<float> vector = new float[Known.Width];
        for (; _placed < known.Items.Count; _placed++)
        {
            if (!Known.TryItem(known.Items[_placed], vector)) continue;
            numbers.Add(_placed);
            vectors.AddRange(vector);
        }

        if (numbers.Count > 0) _rows.Set(numbers.ToArray(), vectors.ToArray());
    }
}
