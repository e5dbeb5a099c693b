using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>A layer on the products v · e with one v a sequence, as a matrix of that sequence: e C + (v · e) D = e (C + diag(v) D).</summary>
internal static unsafe class TargetMatrices
{
    /// <summary>m[i, :] = c[i, :] + v[i]·d[i, :], all of them [width, outputs].</summary>
    public static void Build(float* m, float* c, float* d, float* v, int width, int outputs)
    {
        if (Simd.Bits == 512) Build<V512>(m, c, d, v, width, outputs);
        else if (Simd.Bits == 256) Build<V256>(m, c, d, v, width, outputs);
        else if (Simd.Bits == 128) Build<V128>(m, c, d, v, width, outputs);
        else Build<V1>(m, c, d, v, width, outputs);
    }

    /// <summary>From dm, the gradient of a sequence's matrix: dc += dm, dd[i, :] += v[i]·dm[i, :], dv[i] = the sum of d[i, :]·dm[i, :].</summary>
    public static void Gradient(float* dc, float* dd, float* dv, float* dm, float* d, float* v, int width, int outputs)
    {
        if (Simd.Bits == 512) Gradient<V512>(dc, dd, dv, dm, d, v, width, outputs);
        else if (Simd.Bits == 256) Gradient<V256>(dc, dd, dv, dm, d, v, width, outputs);
        else if (Simd.Bits == 128) Gradient<V128>(dc, dd, dv, dm, d, v, width, outputs);
        else Gradient<V1>(dc, dd, dv, dm, d, v, width, outputs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Build<V>(float* m, float* c, float* d, float* v, int width, int outputs) where V : struct, IVector<V>
    {
        for (var i = 0; i < width; i++, m += outputs, c += outputs, d += outputs)
        {
            var factor = V.Broadcast(v[i]);
            for (var j = 0; j < outputs; j += V.Count)
                Part.Store(V.MultiplyAdd(factor, Part.Load<V>(d + j, outputs - j), Part.Load<V>(c + j, outputs - j)), m + j, outputs - j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gradient<V>(float* dc, float* dd, float* dv, float* dm, float* d, float* v, int width, int outputs) where V : struct, IVector<V>
    {
        for (var i = 0; i < width; i++, dc += outputs, dd += outputs, dm += outputs, d += outputs)
        {
            var factor = V.Broadcast(v[i]);
            var sum = V.Zero;
            for (var j = 0; j < outputs; j += V.Count)
            {
                var part = outputs - j;
                var slope = Part.Load<V>(dm + j, part);
                sum = V.MultiplyAdd(slope, Part.Load<V>(d + j, part), sum);
                Part.Store(Part.Load<V>(dc + j, part) + slope, dc + j, part);
                Part.Store(V.MultiplyAdd(factor, slope, Part.Load<V>(dd + j, part)), dd + j, part);
            }

            dv[i] = V.Sum(sum);
        }
    }
}
