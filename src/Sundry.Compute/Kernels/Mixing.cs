using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// Experts mixed by a gate, one block of experts at a time: z[r, H] = sum over e of gate[r, e] · experts[r, e, H].
/// The gate's rows lie <c>ldg</c> floats apart, because one gate may span several blocks.
/// </summary>
internal static unsafe class Mixing
{
    /// <summary>z = the mixture, or z += it where asked (the second and later blocks).</summary>
    public static void Mix(float* z, float* gate, int ldg, float* experts, int rows, int e, int h, bool accumulate)
    {
        if (Simd.Bits == 512) Mix<V512>(z, gate, ldg, experts, rows, e, h, accumulate);
        else if (Simd.Bits == 256) Mix<V256>(z, gate, ldg, experts, rows, e, h, accumulate);
        else if (Simd.Bits == 128) Mix<V128>(z, gate, ldg, experts, rows, e, h, accumulate);
        else Mix<V1>(z, gate, ldg, experts, rows, e, h, accumulate);
    }

    /// <summary>dgate[r, e] += &lt;dz[r], experts[r, e]&gt;, always added; dexperts[r, e, :] (+)= gate[r, e]·dz[r, :], unless it is null.</summary>
    public static void MixGradient(
        float* dgate, int ldg, float* dexperts, float* dz, float* gate, float* experts, int rows, int e, int h, bool accumulateExperts)
    {
        if (Simd.Bits == 512) MixGradient<V512>(dgate, ldg, dexperts, dz, gate, experts, rows, e, h, accumulateExperts);
        else if (Simd.Bits == 256) MixGradient<V256>(dgate, ldg, dexperts, dz, gate, experts, rows, e, h, accumulateExperts);
        else if (Simd.Bits == 128) MixGradient<V128>(dgate, ldg, dexperts, dz, gate, experts, rows, e, h, accumulateExperts);
        else MixGradient<V1>(dgate, ldg, dexperts, dz, gate, experts, rows, e, h, accumulateExperts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix<V>(float* z, float* gate, nint ldg, float* experts, int rows, int e, int h, bool accumulate) where V : struct, IVector<V>
    {
        for (var r = 0; r < rows; r++)
        {
            var c = 0;
            for (; c <= h - 2 * V.Count; c += 2 * V.Count)
            {
                var z0 = accumulate ? V.Load(z + c) : V.Zero;
                var z1 = accumulate ? V.Load(z + c + V.Count) : V.Zero;
                var expert = experts + c;
                for (var i = 0; i < e; i++, expert += h)
                {
                    var g = V.Broadcast(gate[i]);
                    z0 = V.MultiplyAdd(g, V.Load(expert), z0);
                    z1 = V.MultiplyAdd(g, V.Load(expert + V.Count), z1);
                }

                V.Store(z0, z + c);
                V.Store(z1, z + c + V.Count);
            }

            for (; c < h; c += V.Count)
            {
                var z0 = accumulate ? Part.Load<V>(z + c, h - c) : V.Zero;
                var expert = experts + c;
                for (var i = 0; i < e; i++, expert += h)
                    z0 = V.MultiplyAdd(V.Broadcast(gate[i]), Part.Load<V>(expert, h - c), z0);
                Part.Store(z0, z + c, h - c);
            }

            z += h;
            gate += ldg;
            experts += (nint)e * h;
        }
    }

    // the product with an expert and its gradient in one way through dz
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixGradient<V>(
        float* dgate, nint ldg, float* dexperts, float* dz, float* gate, float* experts, int rows, int e, int h, bool accumulateExperts)
        where V : struct, IVector<V>
    {
        for (var r = 0; r < rows; r++, dgate += ldg, gate += ldg, dz += h)
        {
            for (var i = 0; i < e; i++, experts += h)
            {
                var g = V.Broadcast(gate[i]);
                var sum = V.Zero;
                var c = 0;
                for (; c <= h - V.Count; c += V.Count)
                {
                    var d = V.Load(dz + c);
                    sum = V.MultiplyAdd(d, V.Load(experts + c), sum);
                    if (dexperts != null) V.Store(accumulateExperts ? V.MultiplyAdd(g, d, V.Load(dexperts + c)) : g * d, dexperts + c);
                }

                if (c < h)
                {
                    var d = V.LoadPartial(dz + c, h - c);
                    sum = V.MultiplyAdd(d, V.LoadPartial(experts + c, h - c), sum);
                    if (dexperts != null) V.StorePartial(accumulateExperts ? V.MultiplyAdd(g, d, V.LoadPartial(dexperts + c, h - c)) : g * d, dexperts + c, h - c);
                }

                dgate[i] += V.Sum(sum);
                if (dexperts != null) dexperts += h;
            }
        }
    }
}
