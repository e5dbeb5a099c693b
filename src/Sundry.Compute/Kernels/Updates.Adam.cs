using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Updates
{
    /// <summary>
    /// Adam and AdamW (Kingma and Ba 2015; Loshchilov and Hutter 2019): w ← w·(1 - lr·decayDecoupled);
    /// g ← scale·g + decayCoupled·w; m ← b1·m + (1 - b1)·g; v ← b2·v + (1 - b2)·g²;
    /// w ← w - lr/correction1 · m / (√v/√correction2 + eps), with correctionN = 1 - bN^step.
    /// </summary>
    public static void Adam(
        float* w, float* m, float* v, float* g, long n, double lr, double b1, double b2, double eps,
        double decayCoupled, double decayDecoupled, double correction1, double correction2, double scale)
    {
        var s = new AdamStep(
            (float)b1, (float)(1 - b1), (float)b2, (float)(1 - b2), (float)eps, (float)decayCoupled,
            (float)(1 - lr * decayDecoupled), (float)(-lr / correction1), (float)(1 / Math.Sqrt(correction2)), (float)scale);
        if (Simd.Bits == 512) Adam<V512>(w, m, v, g, n, s);
        else if (Simd.Bits == 256) Adam<V256>(w, m, v, g, n, s);
        else if (Simd.Bits == 128) Adam<V128>(w, m, v, g, n, s);
        else Adam<V1>(w, m, v, g, n, s);
    }

    private readonly record struct AdamStep(
        float B1, float Rest1, float B2, float Rest2, float Eps, float Decay, float Keep, float Rate, float Root, float Scale);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Adam<V>(float* w, float* m, float* v, float* g, long n, AdamStep s) where V : struct, IVector<V>
    {
        V b1 = V.Broadcast(s.B1), rest1 = V.Broadcast(s.Rest1), b2 = V.Broadcast(s.B2), rest2 = V.Broadcast(s.Rest2);
        V eps = V.Broadcast(s.Eps), decay = V.Broadcast(s.Decay), keep = V.Broadcast(s.Keep);
        V rate = V.Broadcast(s.Rate), root = V.Broadcast(s.Root), scale = V.Broadcast(s.Scale);
        for (long i = 0; i < n; i += V.Count)
        {
            var part = (int)Math.Min(V.Count, n - i);
            var weight = Part.Load<V>(w + i, part);
            var gradient = V.MultiplyAdd(decay, weight, Part.Load<V>(g + i, part) * scale);
            var mean = V.MultiplyAdd(b1, Part.Load<V>(m + i, part), rest1 * gradient);
            var square = V.MultiplyAdd(b2, Part.Load<V>(v + i, part), rest2 * gradient * gradient);
            Part.Store(mean, m + i, part);
            Part.Store(square, v + i, part);
            var step = mean / V.MultiplyAdd(V.Sqrt(square), root, eps);
            Part.Store(V.MultiplyAdd(rate, step, weight * keep), w + i, part);
        }
    }
}
