using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>Normalisation by rows (layer norm) and by columns (batch norm), each beside its gradient.</summary>
internal static unsafe partial class Norms
{
    /// <summary>y[r, :] = (x - mean)·rstd·w + b over each group of each row, then relu where asked, keeping mean and rstd = 1/√(variance + eps) of each; w and b are groups × width. Ba et al. 2016.</summary>
    public static void LayerNorm(float* y, float* mean, float* rstd, float* x, float* w, float* b, int rows, int groups, int width, float eps, bool relu)
    {
        if (Simd.Bits == 512) LayerNorm<V512>(y, mean, rstd, x, w, b, rows, groups, width, eps, relu);
        else if (Simd.Bits == 256) LayerNorm<V256>(y, mean, rstd, x, w, b, rows, groups, width, eps, relu);
        else if (Simd.Bits == 128) LayerNorm<V128>(y, mean, rstd, x, w, b, rows, groups, width, eps, relu);
        else LayerNorm<V1>(y, mean, rstd, x, w, b, rows, groups, width, eps, relu);
    }

    /// <summary>dx (+)= the gradient of <see cref="LayerNorm(float*, float*, float*, float*, float*, float*, int, int, int, float, bool)"/>; dw and db are always added to.</summary>
    public static void LayerNormGradient(
        float* dx, float* dw, float* db, float* dy, float* x, float* mean, float* rstd, float* w, int rows, int groups, int width, bool accumulate)
    {
        if (Simd.Bits == 512) LayerNormGradient<V512>(dx, dw, db, dy, x, mean, rstd, w, rows, groups, width, accumulate);
        else if (Simd.Bits == 256) LayerNormGradient<V256>(dx, dw, db, dy, x, mean, rstd, w, rows, groups, width, accumulate);
        else if (Simd.Bits == 128) LayerNormGradient<V128>(dx, dw, db, dy, x, mean, rstd, w, rows, groups, width, accumulate);
        else LayerNormGradient<V1>(dx, dw, db, dy, x, mean, rstd, w, rows, groups, width, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNorm<V>(float* y, float* mean, float* rstd, float* x, float* w, float* b, int rows, int groups, int width, float eps, bool relu)
        where V : struct, IVector<V>
    {
        for (var r = 0; r < rows * groups; r++)
        {
            var group = r % groups * width;
            var sum = V.Zero;
            for (var c = 0; c < width; c += V.Count) sum += Part.Load<V>(x + c, width - c);
            mean[r] = V.Sum(sum) / width;
            var m = V.Broadcast(mean[r]);

            var squares = V.Zero;
            for (var c = 0; c < width; c += V.Count)
            {
                var d = Part.Keep(Part.Load<V>(x + c, width - c) - m, width - c, V.Zero);
                squares = V.MultiplyAdd(d, d, squares);
            }

            rstd[r] = 1f / MathF.Sqrt(V.Sum(squares) / width + eps);
            var s = V.Broadcast(rstd[r]);
            for (var c = 0; c < width; c += V.Count)
            {
                var normal = (Part.Load<V>(x + c, width - c) - m) * s;
                var value = V.MultiplyAdd(normal, Part.Load<V>(w + group + c, width - c), Part.Load<V>(b + group + c, width - c));
                Part.Store(relu ? VectorMath.Relu(value) : value, y + c, width - c);
            }

            x += width;
            y += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNormGradient<V>(
        float* dx, float* dw, float* db, float* dy, float* x, float* mean, float* rstd, float* w, int rows, int groups, int width, bool accumulate)
        where V : struct, IVector<V>
    {
        for (var r = 0; r < rows * groups; r++)
        {
            var group = r % groups * width;
            V m = V.Broadcast(mean[r]), s = V.Broadcast(rstd[r]);
            V sum = V.Zero, product = V.Zero;
            for (var c = 0; c < width; c += V.Count)
            {
                var d = Part.Load<V>(dy + c, width - c);
                var normal = (Part.Load<V>(x + c, width - c) - m) * s;
                Part.Store(Part.Load<V>(db + group + c, width - c) + d, db + group + c, width - c);
                Part.Store(V.MultiplyAdd(d, normal, Part.Load<V>(dw + group + c, width - c)), dw + group + c, width - c);
                d *= Part.Load<V>(w + group + c, width - c);
                sum += d;
                product = V.MultiplyAdd(d, normal, product);
            }

            V meanSum = V.Broadcast(V.Sum(sum) / width), meanProduct = V.Broadcast(V.Sum(product) / width);
            for (var c = 0; c < width; c += V.Count)
            {
                var normal = (Part.Load<V>(x + c, width - c) - m) * s;
                var d = (Part.Load<V>(dy + c, width - c) * Part.Load<V>(w + group + c, width - c) - meanSum - normal * meanProduct) * s;
                if (accumulate) d += Part.Load<V>(dx + c, width - c);
                Part.Store(d, dx + c, width - c);
            }

            dx += width;
            dy += width;
            x += width;
        }
    }
}
