using System.Runtime.CompilerServices;

namespace Sundry.Compute;

// Batch norm (Ioffe and Szegedy 2015) in halves: every shard computes its sums, the shards meet and divide, then every
// shard applies the common statistics to its own rows. The sums are in double, so the shards' order hardly shows.
internal static unsafe partial class Norms
{
    /// <summary>sum[c] = the sum and squares[c] = the sum of squares of column c, over this shard's rows.</summary>
    public static void ColumnSums(double* sum, double* squares, float* x, int rows, int width)
    {
        if (Simd.Bits == 512) ColumnSums<V512>(sum, squares, x, rows, width);
        else if (Simd.Bits == 256) ColumnSums<V256>(sum, squares, x, rows, width);
        else if (Simd.Bits == 128) ColumnSums<V128>(sum, squares, x, rows, width);
        else ColumnSums<V1>(sum, squares, x, rows, width);
    }

    /// <summary>y = (x - mean)·rstd·w + b, with one mean and rstd per column, then relu where asked.</summary>
    public static void BatchNorm(float* y, float* x, float* mean, float* rstd, float* w, float* b, int rows, int width, bool relu)
    {
        if (Simd.Bits == 512) BatchNorm<V512>(y, x, mean, rstd, w, b, rows, width, relu);
        else if (Simd.Bits == 256) BatchNorm<V256>(y, x, mean, rstd, w, b, rows, width, relu);
        else if (Simd.Bits == 128) BatchNorm<V128>(y, x, mean, rstd, w, b, rows, width, relu);
        else BatchNorm<V1>(y, x, mean, rstd, w, b, rows, width, relu);
    }

    /// <summary>sumDy[c] = the sum of dy (db), sumDyXhat[c] = the sum of dy·(x - mean)·rstd (dw), over this shard's rows.</summary>
    public static void BatchNormGradientSums(double* sumDy, double* sumDyXhat, float* dy, float* x, float* mean, float* rstd, int rows, int width)
    {
        if (Simd.Bits == 512) BatchNormGradientSums<V512>(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
        else if (Simd.Bits == 256) BatchNormGradientSums<V256>(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
        else if (Simd.Bits == 128) BatchNormGradientSums<V128>(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
        else BatchNormGradientSums<V1>(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
    }

    /// <summary>dx (+)= w·rstd·(dy - meanDy - x̂·meanDyXhat), the means being the whole batch's.</summary>
    public static void BatchNormGradient(
        float* dx, float* dy, float* x, float* mean, float* rstd, float* w, double* meanDy, double* meanDyXhat, int rows, int width, bool accumulate)
    {
        if (Simd.Bits == 512) BatchNormGradient<V512>(dx, dy, x, mean, rstd, w, meanDy, meanDyXhat, rows, width, accumulate);
        else if (Simd.Bits == 256) BatchNormGradient<V256>(dx, dy, x, mean, rstd, w, meanDy, meanDyXhat, rows, width, accumulate);
        else if (Simd.Bits == 128) BatchNormGradient<V128>(dx, dy, x, mean, rstd, w, meanDy, meanDyXhat, rows, width, accumulate);
        else BatchNormGradient<V1>(dx, dy, x, mean, rstd, w, meanDy, meanDyXhat, rows, width, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ColumnSums<V>(double* sum, double* squares, float* x, int rows, int width) where V : struct, IVector<V>
    {
        double* s = stackalloc double[16], q = stackalloc double[16];
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            for (var l = 0; l < V.Count; l++) s[l] = q[l] = 0;
            var row = x + c;
            for (var r = 0; r < rows; r++, row += width)
            {
                var v = Part.Load<V>(row, part);
                V.AddTo(s, v);
                V.AddProductTo(q, v, v);
            }

            for (var l = 0; l < Math.Min(V.Count, part); l++)
            {
                sum[c + l] = s[l];
                squares[c + l] = q[l];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BatchNorm<V>(float* y, float* x, float* mean, float* rstd, float* w, float* b, int rows, int width, bool relu) where V : struct, IVector<V>
    {
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            V m = Part.Load<V>(mean + c, part), shift = Part.Load<V>(b + c, part);
            var scale = Part.Load<V>(rstd + c, part) * Part.Load<V>(w + c, part);
            var at = (nint)c;
            for (var r = 0; r < rows; r++, at += width)
            {
                var value = V.MultiplyAdd(Part.Load<V>(x + at, part) - m, scale, shift);
                Part.Store(relu ? VectorMath.Relu(value) : value, y + at, part);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BatchNormGradientSums<V>(double* sumDy, double* sumDyXhat, float* dy, float* x, float* mean, float* rstd, int rows, int width)
        where V : struct, IVector<V>
    {
        double* s = stackalloc double[16], q = stackalloc double[16];
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            for (var l = 0; l < V.Count; l++) s[l] = q[l] = 0;
            V m = Part.Load<V>(mean + c, part), scale = Part.Load<V>(rstd + c, part);
            var at = (nint)c;
            for (var r = 0; r < rows; r++, at += width)
            {
                var d = Part.Load<V>(dy + at, part);
                V.AddTo(s, d);
                V.AddProductTo(q, d, (Part.Load<V>(x + at, part) - m) * scale);
            }

            for (var l = 0; l < Math.Min(V.Count, part); l++)
            {
                sumDy[c + l] = s[l];
                sumDyXhat[c + l] = q[l];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BatchNormGradient<V>(
        float* dx, float* dy, float* x, float* mean, float* rstd, float* w, double* meanDy, double* meanDyXhat, int rows, int width, bool accumulate)
        where V : struct, IVector<V>
    {
        float* f = stackalloc float[16], g = stackalloc float[16];
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            for (var l = 0; l < V.Count; l++)
            {
                f[l] = l < part ? (float)meanDy[c + l] : 0f;
                g[l] = l < part ? (float)meanDyXhat[c + l] : 0f;
            }

            V m = Part.Load<V>(mean + c, part), s = Part.Load<V>(rstd + c, part);
            V scale = s * Part.Load<V>(w + c, part), byDy = V.Load(f), byXhat = V.Load(g);
            var at = (nint)c;
            for (var r = 0; r < rows; r++, at += width)
            {
                var normal = (Part.Load<V>(x + at, part) - m) * s;
                var d = (Part.Load<V>(dy + at, part) - byDy - normal * byXhat) * scale;
                if (accumulate) d += Part.Load<V>(dx + at, part);
                Part.Store(d, dx + at, part);
            }
        }
    }
}
