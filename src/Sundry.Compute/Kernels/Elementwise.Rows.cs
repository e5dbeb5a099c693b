using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Elementwise
{
    /// <summary>dst[r, :width] (+)= src[r, :width], the rows lying <paramref name="ldd"/> and <paramref name="lds"/> floats apart.</summary>
    public static void CopyRows(float* dst, int ldd, float* src, int lds, int rows, int width, bool accumulate)
    {
        if (Simd.Bits == 512) CopyRows<V512>(dst, ldd, src, lds, rows, width, accumulate);
        else if (Simd.Bits == 256) CopyRows<V256>(dst, ldd, src, lds, rows, width, accumulate);
        else if (Simd.Bits == 128) CopyRows<V128>(dst, ldd, src, lds, rows, width, accumulate);
        else CopyRows<V1>(dst, ldd, src, lds, rows, width, accumulate);
    }

    /// <summary>db[c] (+)= the sum over rows of dy[r, c]: the gradient of a bias.</summary>
    public static void AddBiasGradient(float* db, float* dy, int ldy, int rows, int width, bool accumulate)
    {
        if (Simd.Bits == 512) AddBiasGradient<V512>(db, dy, ldy, rows, width, accumulate);
        else if (Simd.Bits == 256) AddBiasGradient<V256>(db, dy, ldy, rows, width, accumulate);
        else if (Simd.Bits == 128) AddBiasGradient<V128>(db, dy, ldy, rows, width, accumulate);
        else AddBiasGradient<V1>(db, dy, ldy, rows, width, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<V>(float* dst, nint ldd, float* src, nint lds, int rows, int width, bool accumulate) where V : struct, IVector<V>
    {
        for (var r = 0; r < rows; r++, dst += ldd, src += lds)
        {
            for (var c = 0; c < width; c += V.Count)
            {
                var v = Part.Load<V>(src + c, width - c);
                if (accumulate) v += Part.Load<V>(dst + c, width - c);
                Part.Store(v, dst + c, width - c);
            }
        }
    }

    // row by row, as the memory lies; four rows share one way through the sums
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBiasGradient<V>(float* db, float* dy, nint ldy, int rows, int width, bool accumulate) where V : struct, IVector<V>
    {
        if (!accumulate) Fill(db, 0, width);
        var r = 0;
        for (; r + 4 <= rows; r += 4, dy += 4 * ldy)
        {
            for (var c = 0; c < width; c += V.Count)
            {
                var part = width - c;
                var sum = Part.Load<V>(db + c, part) + Part.Load<V>(dy + c, part) + Part.Load<V>(dy + ldy + c, part);
                Part.Store(sum + Part.Load<V>(dy + 2 * ldy + c, part) + Part.Load<V>(dy + 3 * ldy + c, part), db + c, part);
            }
        }

        for (; r < rows; r++, dy += ldy)
            for (var c = 0; c < width; c += V.Count)
                Part.Store(Part.Load<V>(db + c, width - c) + Part.Load<V>(dy + c, width - c), db + c, width - c);
    }
}
