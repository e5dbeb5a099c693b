using System.Runtime.CompilerServices;

namespace Sundry.Compute;

// Batch norm (Ioffe and Szegedy 2015) in halves: every shard computes its sums, the shards meet and divide, then every
// shard applies the common statistics to its own rows. The sums are in double, so the shards' order hardly shows.
internal static unsafe partial class Norms
{
    /// <summary>sum[c] = the sum and squares[c] = the sum of squares of column c, over this shard's rows.</summary>
    public static void ColumnSums(double* sum, double* squares, float* x, int rows, int width)
    {
        new Span<double>(sum, width).Clear();
        new Span<double>(squares, width).Clear();
        if (Simd.Bits == 512) ColumnSums<V512>(sum, squares, x, rows, width);
        else if (Simd.Bits == 256) ColumnSums<V256>(sum, squares, x, rows, width);
        else if (Simd.Bits == 128) ColumnSums<V128>(sum, squares, x, rows, width);
        else ColumnSums<V1>(sum, squares, x, rows, width);
    }

    /// <summary>y = (x - mean)·rstd·w + b, with one mean and rstd per column, then relu where asked.</summary>
    public static void BatchNorm(float* y, float* x, float* mean, float* rstd, float* w, float* b, int rows, int width, bool relu)
    {
        for (nint r = 0, some; r < rows; r += some)
        {
            some = Math.Min(rows - r, RowTile(width));
            if (Simd.Bits == 512) BatchNorm<V512>(y + r * width, x + r * width, mean, rstd, w, b, (int)some, width, relu);
            else if (Simd.Bits == 256) BatchNorm<V256>(y + r * width, x + r * width, mean, rstd, w, b, (int)some, width, relu);
            else if (Simd.Bits == 128) BatchNorm<V128>(y + r * width, x + r * width, mean, rstd, w, b, (int)some, width, relu);
            else BatchNorm<V1>(y + r * width, x + r * width, mean, rstd, w, b, (int)some, width, relu);
        }
    }

    /// <summary>sumDy[c] = the sum of dy (db), sumDyXhat[c] = the sum of dy·(x - mean)·rstd (dw), over this shard's rows.</summary>
    public static void BatchNormGradientSums(double* sumDy, double* sumDyXhat, float* dy, float* x, float* mean, float* rstd, int rows, int width)
    {
        new Span<double>(sumDy, width).Clear();
        new Span<double>(sumDyXhat, width).Clear();
        if (Simd.Bits == 512) BatchNormGradientSums<V512>(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
        else if (Simd.Bits == 256) BatchNormGradientSums<V256>(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
        else if (Simd.Bits == 128) BatchNormGradientSums<V128>(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
        else BatchNormGradientSums<V1>(sumDy, sumDyXhat, dy, x, mean, rstd, rows, width);
    }

    /// <summary>dx (+)= w·rstd·(dy - meanDy - x̂·meanDyXhat), the means being the whole batch's.</summary>
    public static void BatchNormGradient(
        float* dx, float* dy, float* x, float* mean, float* rstd, float* w, double* meanDy, double* meanDyXhat, int rows, int width, bool accumulate)
    {
        for (nint r = 0, some; r < rows; r += some)
        {
            some = Math.Min(rows - r, RowTile(width));
            var at = r * width;
            if (Simd.Bits == 512) BatchNormGradient<V512>(dx + at, dy + at, x + at, mean, rstd, w, meanDy, meanDyXhat, (int)some, width, accumulate);
            else if (Simd.Bits == 256) BatchNormGradient<V256>(dx + at, dy + at, x + at, mean, rstd, w, meanDy, meanDyXhat, (int)some, width, accumulate);
            else if (Simd.Bits == 128) BatchNormGradient<V128>(dx + at, dy + at, x + at, mean, rstd, w, meanDy, meanDyXhat, (int)some, width, accumulate);
            else BatchNormGradient<V1>(dx + at, dy + at, x + at, mean, rstd, w, meanDy, meanDyXhat, (int)some, width, accumulate);
        }
    }

    // a tile of rows goes by column after column while the first-level cache holds it
    private static int RowTile(int width) => Math.Max(8, 2048 / width);

    // row by row, as the memory lies: sums of neighbouring columns do not wait for each other
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ColumnSums<V>(double* sum, double* squares, float* x, int rows, int width) where V : struct, IVector<V>
    {
        var whole = width - width % V.Count;
        for (var r = 0; r < rows; r++, x += width)
        {
            for (var c = 0; c < whole; c += V.Count)
            {
                var v = V.Load(x + c);
                V.AddTo(sum + c, v);
                V.AddProductTo(squares + c, v, v);
            }

            for (var c = whole; c < width; c++)
            {
                sum[c] += x[c];
                squares[c] += (double)x[c] * x[c];
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
        var whole = width - width % V.Count;
        for (var r = 0; r < rows; r++, dy += width, x += width)
        {
            for (var c = 0; c < whole; c += V.Count)
            {
                var d = V.Load(dy + c);
                V.AddTo(sumDy + c, d);
                V.AddProductTo(sumDyXhat + c, d, (V.Load(x + c) - V.Load(mean + c)) * V.Load(rstd + c));
            }

            for (var c = whole; c < width; c++)
            {
                sumDy[c] += dy[c];
                sumDyXhat[c] += (double)dy[c] * ((x[c] - mean[c]) * rstd[c]);
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
