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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBiasGradient<V>(float* db, float* dy, nint ldy, int rows, int width, bool accumulate) where V : struct, IVector<V>
    {
        var c = 0;
        for (; c <= width - 4 * V.Count; c += 4 * V.Count)
        {
            V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            var row = dy + c;
            for (var r = 0; r < rows; r++, row += ldy)
            {
                s0 += V.Load(row);
                s1 += V.Load(row + V.Count);
                s2 += V.Load(row + 2 * V.Count);
                s3 += V.Load(row + 3 * V.Count);
            }

            AddColumns(db + c, s0, V.Count, accumulate);
            AddColumns(db + c + V.Count, s1, V.Count, accumulate);
            AddColumns(db + c + 2 * V.Count, s2, V.Count, accumulate);
            AddColumns(db + c + 3 * V.Count, s3, V.Count, accumulate);
        }

        for (; c < width; c += V.Count)
        {
            var sum = V.Zero;
            var row = dy + c;
            for (var r = 0; r < rows; r++, row += ldy) sum += Part.Load<V>(row, width - c);
            AddColumns(db + c, sum, width - c, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumns<V>(float* db, V sum, int count, bool accumulate) where V : struct, IVector<V>
    {
        if (accumulate) sum += Part.Load<V>(db, count);
        Part.Store(sum, db, count);
    }
}
