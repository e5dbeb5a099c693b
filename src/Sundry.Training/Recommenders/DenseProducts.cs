using Sundry.Compute;

namespace Sundry.Training;

/// <summary>Products of row-major matrices, rows dealt to threads; a row's result does not depend on that.</summary>
internal static class DenseProducts
{
    private const int RowsAPart = 64;

    /// <summary>y[m, n] = a[m, k]·b[k, n], or y += a·b.</summary>
    public static void Multiply(ReadOnlyMemory<float> a, ReadOnlySpan<float> b, Memory<float> y, int m, int k, int n, ParallelOptions parallel, bool accumulate = false)
    {
        using var packed = new PackedMatrix(b[..(k * n)], k, n);
        Multiply(a, packed, y, m, parallel, accumulate);
    }

    /// <summary>y[m, n] = a[m, k]·b[n, k]ᵀ, or y += a·bᵀ.</summary>
    public static void MultiplyByTransposed(ReadOnlyMemory<float> a, ReadOnlySpan<float> b, Memory<float> y, int m, int k, int n, ParallelOptions parallel, bool accumulate = false)
    {
        using var packed = new PackedMatrix(b[..(k * n)], k, n, transposed: true);
        Multiply(a, packed, y, m, parallel, accumulate);
    }

    /// <summary>y[k, n] = a[m, k]ᵀ·b[m, n].</summary>
    public static void MultiplyTransposed(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Memory<float> y, int m, int k, int n, ParallelOptions parallel)
    {
        var turned = new float[k * m];
        for (var i = 0; i < m; i++)
            for (var j = 0; j < k; j++) turned[j * m + i] = a[i * k + j];
        Multiply(turned, b, y, k, m, n, parallel);
    }

    private static void Multiply(ReadOnlyMemory<float> a, PackedMatrix b, Memory<float> y, int m, ParallelOptions parallel, bool accumulate)
    {
        var (k, n) = (b.Rows, b.Columns);
        Parallel.For(0, (m + RowsAPart - 1) / RowsAPart, parallel, part =>
        {
            var (first, rows) = (part * RowsAPart, Math.Min(RowsAPart, m - part * RowsAPart));
            b.Multiply(a.Span.Slice(first * k, rows * k), y.Span.Slice(first * n, rows * n), default, accumulate);
        });
    }
}
