using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Activations
{
    /// <summary>
    /// dy[r, c] ← scale · dy[r, c] where y[r, c] is positive, else 0; and sums[c] = the sum of column c of that, or += it, where
    /// <paramref name="sums"/> is given: the gradient behind a relu and the bias before it in one pass.
    /// </summary>
    public static void ReluGradientWithin(float* dy, float* y, float scale, int rows, int width, float* sums, bool addSums)
    {
        if (sums != null && !addSums) Elementwise.Fill(sums, 0, width);
        if (Simd.Bits == 512) ReluGradientWithin<V512>(dy, y, scale, rows, width, sums);
        else if (Simd.Bits == 256) ReluGradientWithin<V256>(dy, y, scale, rows, width, sums);
        else if (Simd.Bits == 128) ReluGradientWithin<V128>(dy, y, scale, rows, width, sums);
        else ReluGradientWithin<V1>(dy, y, scale, rows, width, sums);
    }

    // row by row, as the memory lies; two rows share one way through the sums
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReluGradientWithin<V>(float* dy, float* y, float scale, int rows, int width, float* sums) where V : struct, IVector<V>
    {
        var factor = V.Broadcast(scale);
        var r = 0;
        for (; r + 2 <= rows; r += 2, dy += 2 * width, y += 2 * width)
        {
            var c = 0;
            for (; c <= width - V.Count; c += V.Count)
            {
                var a = factor * V.Load(dy + c) & V.LessThan(V.Zero, V.Load(y + c));
                var b = factor * V.Load(dy + width + c) & V.LessThan(V.Zero, V.Load(y + width + c));
                V.Store(a, dy + c);
                V.Store(b, dy + width + c);
                if (sums != null) V.Store(V.Load(sums + c) + a + b, sums + c);
            }

            if (c == width) continue;
            Last<V>(dy, y, factor, c, width, sums);
            Last<V>(dy + width, y + width, factor, c, width, sums);
        }

        if (r < rows)
            for (var c = 0; c < width; c += V.Count)
                Last<V>(dy, y, factor, c, width, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Last<V>(float* dy, float* y, V factor, int c, int width, float* sums) where V : struct, IVector<V>
    {
        var d = factor * Part.Load<V>(dy + c, width - c) & V.LessThan(V.Zero, Part.Load<V>(y + c, width - c));
        Part.Store(d, dy + c, width - c);
        if (sums != null) Part.Store(Part.Load<V>(sums + c, width - c) + d, sums + c, width - c);
    }
}
