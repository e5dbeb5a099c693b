using System.Numerics;
using System.Runtime.InteropServices;
using Sundry.Compute;

namespace Sundry.Serving;

/// <summary>Items are as alike as their vectors' cosine, negative ones counting 0; items without a vector are like none.</summary>
public sealed class VectorSimilarity(VectorRows rows) : IItemSimilarity
{
    /// <inheritdoc/>
    public Func<int, int, double> Among(IReadOnlyList<int> items)
    {
        var width = rows.Width;
        var vectors = new float[items.Count * width];
        for (var i = 0; i < items.Count; i++)
        {
            var vector = vectors.AsSpan(i * width, width);
            if (rows.TryRead(items[i], vector)) SimilarSource.Unit(vector);
        }

        return (a, b) => Math.Clamp(Product(vectors.AsSpan(a * width, width), vectors.AsSpan(b * width, width)), 0, 1);
    }

    private static float Product(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = MemoryMarshal.Cast<float, Vector<float>>(a);
        var y = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < x.Length; i++) sums += x[i] * y[i];
        var sum = Vector.Sum(sums);
        for (var i = x.Length * Vector<float>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
