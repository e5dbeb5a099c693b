using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Updates
{
    /// <summary>
    /// Adam and AdamW (Kingma and Ba 2015; Loshchilov and Hutter 2019): w ← w·(1 - lr·decayDecoupled);
    /// g ← scale·g + decayCoupled·w; m ← b1·m + (1 - b1)·g; v ← b2·v + (1 - b2)·g²;
    /// w ← w - lr/correction1 · m / (√v/√correction2 + eps), with correctionN = 1 - bN^step.
    /// </summary>
    public static void Adam(float* w, float* m, float* v, float* g, long n, in AdamStep s)
    {
        if (Simd.Bits == 512) AdamBlock<V512>(w, m, v, g, n, s);
        else if (Simd.Bits == 256) AdamBlock<V256>(w, m, v, g, n, s);
        else if (Simd.Bits == 128) AdamBlock<V128>(w, m, v, g, n, s);
        else AdamBlock<V1>(w, m, v, g, n, s);
    }

    /// <summary>
    /// The same for rows of a table, value, mean and square side by side in <paramref name="stride"/> floats: row rows[i] takes the gradient
    /// <paramref name="g"/>[i, width].
    /// </summary>
    public static void AdamRows(float* table, int stride, ReadOnlySpan<int> rows, float* g, int width, in AdamStep s)
    {
        if (Simd.Bits == 512) AdamRows<V512>(table, stride, rows, g, width, s);
        else if (Simd.Bits == 256) AdamRows<V256>(table, stride, rows, g, width, s);
        else if (Simd.Bits == 128) AdamRows<V128>(table, stride, rows, g, width, s);
        else AdamRows<V1>(table, stride, rows, g, width, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AdamRows<V>(float* table, nint stride, ReadOnlySpan<int> rows, float* g, int width, in AdamStep s) where V : struct, IVector<V>
    {
        for (var i = 0; i < rows.Length; i++, g += width)
        {
            if (i + Prefetch.Ahead < rows.Length) Prefetch.Row(table + rows[i + Prefetch.Ahead] * stride, (int)stride);
            var row = table + rows[i] * stride;
            Adam<V>(row, row + width, row + 2 * width, g, width, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AdamBlock<V>(float* w, float* m, float* v, float* g, long n, in AdamStep s) where V : struct, IVector<V> => Adam<V>(w, m, v, g, n, s);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Adam<V>(float* w, float* m, float* v, float* g, long n, in AdamStep s) where V : struct, IVector<V>
    {
        V b1 = V.Broadcast(s.B1), rest1 = V.Broadcast(s.Rest1), b2 = V.Broadcast(s.B2), rest2 = V.Broadcast(s.Rest2);
        V eps = V.Broadcast(s.Eps), decay = V.Broadcast(s.Decay), keep = V.Broadcast(s.Keep);
        V rate = V.Broadcast(s.Rate), root = V.Broadcast(s.Root), scale = V.Broadcast(s.Scale);
        for (long i = 0; i < n; i += V.Count)
        {
            var part = (int)Math.Min(V.Count, n - i);
            var weight = Part.Load<V>(w + i, part);
            var gradient = V.MultiplyAdd(decay, weight, Part.Load<V>(g + i, part) * scale);
            var mean = V.MultiplyAdd(b1, Part.Load<V>(m + i, part), rest1 * gradient);
            var square = V.MultiplyAdd(b2, Part.Load<V>(v + i, part), rest2 * gradient * gradient);
            Part.Store(mean, m + i, part);
            Part.Store(square, v + i, part);
            var step = mean / V.MultiplyAdd(V.Sqrt(square), root, eps);
            Part.Store(V.MultiplyAdd(rate, step, weight * keep), w + i, part);
        }
    }
}
