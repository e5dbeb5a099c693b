using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using Sundry.Compute;

namespace Sundry.Serving;

/// <summary>Items are as alike as their vectors' cosine, negative ones counting 0; items without a vector are like none.</summary>
public sealed class VectorSimilarity(VectorRows rows) : IItemSimilarity
{
    private readonly ConcurrentBag<Likeness> _free = [];

    /// <inheritdoc/>
    public IItemLikeness Among(ReadOnlySpan<int> items)
    {
        var likeness = _free.TryTake(out var free) ? free : new Likeness(rows.Width, _free);
        likeness.Look(rows, items);
        return likeness;
    }

    /// <summary>Σ a[i] b[i] of vectors of the same length.</summary>
    internal static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = MemoryMarshal.Cast<float, Vector<float>>(a);
        var y = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < x.Length; i++) sums += x[i] * y[i];
        var sum = Vector.Sum(sums);
        for (var i = x.Length * Vector<float>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private sealed class Likeness(int width, ConcurrentBag<Likeness> free) : IItemLikeness
    {
        private float[] _vectors = [];

        public double this[int one, int other] => Math.Clamp(Product(_vectors.AsSpan(one * width, width), _vectors.AsSpan(other * width, width)), 0, 1);

        public void Raise(ReadOnlySpan<int> places, int other, Span<double> nearest)
        {
            foreach (var place in places) nearest[place] = Math.Max(nearest[place], this[place, other]);
        }

        public void Look(VectorRows rows, ReadOnlySpan<int> items)
        {
            if (_vectors.Length < items.Length * width) _vectors = new float[items.Length * width];
            for (var i = 0; i < items.Length; i++)
            {
                var vector = _vectors.AsSpan(i * width, width);
                if (rows.TryRead(items[i], vector)) SimilarSource.Unit(vector);
                else vector.Clear();
            }
        }

        public void Dispose() => free.Add(this);
    }
}
