using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Activations
{
    /// <summary>y = x where positive, else slope·x, with one slope per column. He et al. 2015.</summary>
    public static void PRelu(float* y, float* x, float* slope, int rows, int width)
    {
        for (long i = 0; i < rows; i++)
            Map.Binary(y + i * width, x + i * width, slope, width, new PReluOp());
    }

    /// <summary>dx (+)= dy or slope·dy by the sign of x; dslope += the sum over rows of dy·min(x, 0), always added.</summary>
    public static void PReluGradient(float* dx, float* dslope, float* dy, float* x, float* slope, int rows, int width, bool accumulate)
    {
        if (Simd.Bits == 512) PReluGradient<V512>(dx, dslope, dy, x, slope, rows, width, accumulate);
        else if (Simd.Bits == 256) PReluGradient<V256>(dx, dslope, dy, x, slope, rows, width, accumulate);
        else if (Simd.Bits == 128) PReluGradient<V128>(dx, dslope, dy, x, slope, rows, width, accumulate);
        else PReluGradient<V1>(dx, dslope, dy, x, slope, rows, width, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PReluGradient<V>(float* dx, float* dslope, float* dy, float* x, float* slope, int rows, int width, bool accumulate)
        where V : struct, IVector<V>
    {
        for (var c = 0; c < width; c += V.Count)
        {
            var part = Math.Min(V.Count, width - c);
            var a = Part.Load<V>(slope + c, part);
            var sum = V.Zero;
            for (long i = 0; i < rows; i++)
            {
                var at = i * width + c;
                var v = Part.Load<V>(x + at, part);
                var d = Part.Load<V>(dy + at, part);
                var negative = V.LessThan(v, V.Zero);
                sum += d * v & negative;
                var result = d * V.Select(negative, a, V.Broadcast(1f));
                if (accumulate) result += Part.Load<V>(dx + at, part);
                Part.Store(result, dx + at, part);
            }

            Part.Store(Part.Load<V>(dslope + c, part) + sum, dslope + c, part);
        }
    }

    private readonly struct PReluOp : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x, V slope) where V : struct, IVector<V> => V.Select(V.LessThan(x, V.Zero), slope * x, x);
    }
}
