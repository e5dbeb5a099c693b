using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>The members e of one sequence beside the target v of its row, as [e, v·e].</summary>
internal static unsafe class TargetPairs
{
    /// <summary>pairs[t] = [e[t], v·e[t]].</summary>
    public static void Pair(float* pairs, float* e, float* v, int count, int width)
    {
        if (Simd.Bits == 512) Pair<V512>(pairs, e, v, count, width);
        else if (Simd.Bits == 256) Pair<V256>(pairs, e, v, count, width);
        else if (Simd.Bits == 128) Pair<V128>(pairs, e, v, count, width);
        else Pair<V1>(pairs, e, v, count, width);
    }

    /// <summary>de[t] (+)= dpairs[t]₁ + v·dpairs[t]₂, unless it is null; dv += the sum over t of e[t]·dpairs[t]₂.</summary>
    public static void PairGradient(float* de, float* dv, float* dpairs, float* e, float* v, int count, int width, bool accumulate)
    {
        if (Simd.Bits == 512) PairGradient<V512>(de, dv, dpairs, e, v, count, width, accumulate);
        else if (Simd.Bits == 256) PairGradient<V256>(de, dv, dpairs, e, v, count, width, accumulate);
        else if (Simd.Bits == 128) PairGradient<V128>(de, dv, dpairs, e, v, count, width, accumulate);
        else PairGradient<V1>(de, dv, dpairs, e, v, count, width, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pair<V>(float* pairs, float* e, float* v, int count, int width) where V : struct, IVector<V>
    {
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            var target = Part.Load<V>(v + c, part);
            for (nint t = 0; t < count; t++)
            {
                var member = Part.Load<V>(e + t * width + c, part);
                Part.Store(member, pairs + 2 * t * width + c, part);
                Part.Store(target * member, pairs + (2 * t + 1) * width + c, part);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PairGradient<V>(float* de, float* dv, float* dpairs, float* e, float* v, int count, int width, bool accumulate) where V : struct, IVector<V>
    {
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            var target = Part.Load<V>(v + c, part);
            var sum = Part.Load<V>(dv + c, part);
            for (nint t = 0; t < count; t++)
            {
                var both = Part.Load<V>(dpairs + (2 * t + 1) * width + c, part);
                sum = V.MultiplyAdd(Part.Load<V>(e + t * width + c, part), both, sum);
                if (de == null) continue;
                var d = V.MultiplyAdd(target, both, Part.Load<V>(dpairs + 2 * t * width + c, part));
                if (accumulate) d += Part.Load<V>(de + t * width + c, part);
                Part.Store(d, de + t * width + c, part);
            }

            Part.Store(sum, dv + c, part);
        }
    }
}
