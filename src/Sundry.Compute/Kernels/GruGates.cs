using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>One step of one row of a gated recurrent unit. Gates lie one behind the other: r, z and n, each as wide as the state.</summary>
internal static unsafe class GruGates
{
    /// <summary>h = (1 − z) n + z before, with r = σ(x_r + s_r), z = σ(x_z + s_z), n = tanh(x_n + r s_n); <paramref name="gates"/> receives r, z, n and s_n.</summary>
    public static void Forward(float* h, float* gates, float* x, float* said, float* before, int width)
    {
        if (Simd.Bits == 512) Forward<V512>(h, gates, x, said, before, width);
        else if (Simd.Bits == 256) Forward<V256>(h, gates, x, said, before, width);
        else if (Simd.Bits == 128) Forward<V128>(h, gates, x, said, before, width);
        else Forward<V1>(h, gates, x, said, before, width);
    }

    /// <summary>From dh, the gradient of the new state: those of x and of what the state says to the gates; dh becomes the part z dh that goes to the state before directly.</summary>
    public static void Backward(float* dx, float* dsaid, float* dh, float* gates, float* before, int width)
    {
        if (Simd.Bits == 512) Backward<V512>(dx, dsaid, dh, gates, before, width);
        else if (Simd.Bits == 256) Backward<V256>(dx, dsaid, dh, gates, before, width);
        else if (Simd.Bits == 128) Backward<V128>(dx, dsaid, dh, gates, before, width);
        else Backward<V1>(dx, dsaid, dh, gates, before, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<V>(float* h, float* gates, float* x, float* said, float* before, int width) where V : struct, IVector<V>
    {
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            var r = VectorMath.Sigmoid(Part.Load<V>(x + c, part) + Part.Load<V>(said + c, part));
            var z = VectorMath.Sigmoid(Part.Load<V>(x + width + c, part) + Part.Load<V>(said + width + c, part));
            var s = Part.Load<V>(said + 2 * width + c, part);
            var n = VectorMath.Tanh(V.MultiplyAdd(r, s, Part.Load<V>(x + 2 * width + c, part)));
            Part.Store(r, gates + c, part);
            Part.Store(z, gates + width + c, part);
            Part.Store(n, gates + 2 * width + c, part);
            Part.Store(s, gates + 3 * width + c, part);
            Part.Store(V.MultiplyAdd(z, Part.Load<V>(before + c, part) - n, n), h + c, part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<V>(float* dx, float* dsaid, float* dh, float* gates, float* before, int width) where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        for (var c = 0; c < width; c += V.Count)
        {
            var part = width - c;
            V r = Part.Load<V>(gates + c, part), z = Part.Load<V>(gates + width + c, part), n = Part.Load<V>(gates + 2 * width + c, part);
            var d = Part.Load<V>(dh + c, part);
            var dn = d * (one - z) * (one - n * n);
            var dz = d * (Part.Load<V>(before + c, part) - n) * z * (one - z);
            var dr = dn * Part.Load<V>(gates + 3 * width + c, part) * r * (one - r);
            Part.Store(dr, dx + c, part);
            Part.Store(dz, dx + width + c, part);
            Part.Store(dn, dx + 2 * width + c, part);
            Part.Store(dr, dsaid + c, part);
            Part.Store(dz, dsaid + width + c, part);
            Part.Store(dn * r, dsaid + 2 * width + c, part);
            Part.Store(d * z, dh + c, part);
        }
    }
}
