using Sundry.Compute;
using Sundry.Data;
using Sundry.Training;

namespace Sundry.Serving;

/// <summary>
/// Vectors of items and users from a recommender that was kept in a file. A user whom it knows has a vector of their own; everybody else the mean of the vectors of the items that they looked at
/// last, which lies where users who like these items lie.
/// </summary>
internal sealed class ItemVectors : IDisposable
{
    private const int Newest = 10;

    private readonly FactorModel _model;
    private readonly Names _users;
    private readonly Names _items;
    private readonly VectorRows _rows;
    private int _placed;

    private ItemVectors(FactorModel model, Names users, Names items)
    {
        (_model, _users, _items) = (model, users, items);
        _rows = new VectorRows(model.Width);
        Source = new VectorSource("vectors", _rows);
    }

    /// <summary>Finds items by them.</summary>
    public VectorSource Source { get; }

    /// <summary>The vectors by the shop's numbers.</summary>
    public VectorRows Rows => _rows;

    /// <summary>Reads a kept recommender.</summary>
    /// <exception cref="InputException">It cannot be read, or has no vectors.</exception>
    public static ItemVectors Load(string path)
    {
        var (name, recommender, train) = RecommenderFile.Load(path);
        if (recommender is FactorModel factors) return new ItemVectors(factors, train.Users, train.Items);
        (recommender as IDisposable)?.Dispose();
        throw new InputException($"'{name}' has no vectors of items; give a recommender of factors, such as two_tower, als, bpr or lightgcn", path);
    }

    /// <summary>The same vectors, for a memory of the shop with numbers of its own.</summary>
    public ItemVectors Anew() => new(_model, _users, _items);

    /// <summary>Gives items of the shop that have come since their vectors. The shop must stand still.</summary>
    public void Follow(EventLog known)
    {
        if (Volatile.Read(ref _placed) == known.Items.Count) return;
        lock (_rows) Place(known);
    }

    /// <summary>Of some items the one whose vector is nearest to another item's, by the cosine; -1 where none has one.</summary>
    public int Nearest(int item, ReadOnlySpan<int> items)
    {
        var (own, row) = (new float[_model.Width], new float[_model.Width]);
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
        if (user is not null && _users.Find(user) is >= 0 and var number) return _model.VectorOfUser(number).ToArray();
        var sum = new float[_model.Width];
        var row = new float[_model.Width];
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
        for (; _placed < known.Items.Count; _placed++)
        {
            if (_items.Find(known.Items[_placed]) is not (>= 0 and var item)) continue;
            numbers.Add(_placed);
            vectors.AddRange(_model.VectorOfItem(item));
        }

        if (numbers.Count > 0) _rows.Set(numbers.ToArray(), vectors.ToArray());
    }
}
