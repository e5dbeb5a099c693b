using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// The optimisers' inner loops, one pass over n floats, as PyTorch defines them. The gradient is multiplied by
/// <c>scale</c> first (clipping). Settings come in double.
/// </summary>
internal static unsafe partial class Updates
{
    /// <summary>g ← scale·g + decay·w; v ← momentum·v + g; w ← w - lr·v. A null <paramref name="v"/> means no momentum.</summary>
    public static void Sgd(float* w, float* v, float* g, long n, double lr, double momentum, double decay, double scale)
    {
        if (Simd.Bits == 512) Sgd<V512>(w, v, g, n, (float)lr, (float)momentum, (float)decay, (float)scale);
        else if (Simd.Bits == 256) Sgd<V256>(w, v, g, n, (float)lr, (float)momentum, (float)decay, (float)scale);
        else if (Simd.Bits == 128) Sgd<V128>(w, v, g, n, (float)lr, (float)momentum, (float)decay, (float)scale);
        else Sgd<V1>(w, v, g, n, (float)lr, (float)momentum, (float)decay, (float)scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sgd<V>(float* w, float* v, float* g, long n, float lr, float momentum, float decay, float scale) where V : struct, IVector<V>
    {
        V rate = V.Broadcast(-lr), keep = V.Broadcast(momentum), shrink = V.Broadcast(decay), factor = V.Broadcast(scale);
        for (long i = 0; i < n; i += V.Count)
        {
            var part = (int)Math.Min(V.Count, n - i);
            var weight = Part.Load<V>(w + i, part);
            var step = V.MultiplyAdd(shrink, weight, Part.Load<V>(g + i, part) * factor);
            if (v != null)
            {
                step = V.MultiplyAdd(keep, Part.Load<V>(v + i, part), step);
                Part.Store(step, v + i, part);
            }

            Part.Store(V.MultiplyAdd(rate, step, weight), w + i, part);
        }
    }
}
