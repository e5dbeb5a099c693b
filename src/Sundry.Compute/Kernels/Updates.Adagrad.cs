using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Updates
{
    /// <summary>g ← scale·g + decay·w; s ← s + g²; w ← w - lr·g / (√s + eps). Duchi et al. 2011.</summary>
    public static void Adagrad(float* w, float* s, float* g, long n, double lr, double eps, double decay, double scale)
    {
        if (Simd.Bits == 512) Adagrad<V512>(w, s, g, n, (float)lr, (float)eps, (float)decay, (float)scale);
        else if (Simd.Bits == 256) Adagrad<V256>(w, s, g, n, (float)lr, (float)eps, (float)decay, (float)scale);
        else if (Simd.Bits == 128) Adagrad<V128>(w, s, g, n, (float)lr, (float)eps, (float)decay, (float)scale);
        else Adagrad<V1>(w, s, g, n, (float)lr, (float)eps, (float)decay, (float)scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Adagrad<V>(float* w, float* s, float* g, long n, float lr, float eps, float decay, float scale) where V : struct, IVector<V>
    {
        V rate = V.Broadcast(-lr), small = V.Broadcast(eps), shrink = V.Broadcast(decay), factor = V.Broadcast(scale);
        for (long i = 0; i < n; i += V.Count)
        {
            var part = (int)Math.Min(V.Count, n - i);
            var weight = Part.Load<V>(w + i, part);
            var gradient = V.MultiplyAdd(shrink, weight, Part.Load<V>(g + i, part) * factor);
            var square = V.MultiplyAdd(gradient, gradient, Part.Load<V>(s + i, part));
            Part.Store(square, s + i, part);
            Part.Store(V.MultiplyAdd(rate, gradient / (V.Sqrt(square) + small), weight), w + i, part);
        }
    }
}
