using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>Softmax along the rows of a matrix: gates and attention weights.</summary>
internal static unsafe class Softmaxes
{
    /// <summary>y[r, :] = e^(x - max) / sum; the maximum is subtracted, so that no logit overflows. In place allowed.</summary>
    public static void Softmax(float* y, float* x, int rows, int width)
    {
        if (Simd.Bits == 512) Softmax<V512>(y, x, rows, width);
        else if (Simd.Bits == 256) Softmax<V256>(y, x, rows, width);
        else if (Simd.Bits == 128) Softmax<V128>(y, x, rows, width);
        else Softmax<V1>(y, x, rows, width);
    }

    /// <summary>dx[r, :] (+)= y·(dy - sum(dy·y)).</summary>
    public static void SoftmaxGradient(float* dx, float* dy, float* y, int rows, int width, bool accumulate)
    {
        if (Simd.Bits == 512) SoftmaxGradient<V512>(dx, dy, y, rows, width, accumulate);
        else if (Simd.Bits == 256) SoftmaxGradient<V256>(dx, dy, y, rows, width, accumulate);
        else if (Simd.Bits == 128) SoftmaxGradient<V128>(dx, dy, y, rows, width, accumulate);
        else SoftmaxGradient<V1>(dx, dy, y, rows, width, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax<V>(float* y, float* x, int rows, int width) where V : struct, IVector<V>
    {
        for (var r = 0; r < rows; r++)
        {
            var lowest = V.Broadcast(float.NegativeInfinity);
            var most = lowest;
            for (var c = 0; c < width; c += V.Count)
                most = V.Max(most, Part.Keep(Part.Load<V>(x + c, width - c), width - c, lowest));
            var largest = V.Broadcast(V.Largest(most));

            var total = V.Zero;
            for (var c = 0; c < width; c += V.Count)
            {
                var e = VectorMath.Exp(Part.Load<V>(x + c, width - c) - largest);
                Part.Store(e, y + c, width - c);
                total += Part.Keep(e, width - c, V.Zero);
            }

            var inverse = V.Broadcast(1f / V.Sum(total));
            for (var c = 0; c < width; c += V.Count)
                Part.Store(Part.Load<V>(y + c, width - c) * inverse, y + c, width - c);
            x += width;
            y += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SoftmaxGradient<V>(float* dx, float* dy, float* y, int rows, int width, bool accumulate) where V : struct, IVector<V>
    {
        for (var r = 0; r < rows; r++)
        {
            var sum = V.Zero;
            for (var c = 0; c < width; c += V.Count)
                sum = V.MultiplyAdd(Part.Load<V>(dy + c, width - c), Part.Load<V>(y + c, width - c), sum);
            var mean = V.Broadcast(V.Sum(sum));
            for (var c = 0; c < width; c += V.Count)
            {
                var d = Part.Load<V>(y + c, width - c) * (Part.Load<V>(dy + c, width - c) - mean);
                if (accumulate) d += Part.Load<V>(dx + c, width - c);
                Part.Store(d, dx + c, width - c);
            }

            dx += width;
            dy += width;
            y += width;
        }
    }
}
