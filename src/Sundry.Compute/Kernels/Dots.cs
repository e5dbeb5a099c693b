using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>Products of one pair of rows.</summary>
internal static unsafe class Dots
{
    /// <summary>Σ a[i] b[i].</summary>
    public static float Of(float* a, float* b, int n) =>
        Simd.Bits == 512 ? Of<V512>(a, b, n)
        : Simd.Bits == 256 ? Of<V256>(a, b, n)
        : Simd.Bits == 128 ? Of<V128>(a, b, n)
        : Of<V1>(a, b, n);

    // two sums, so that one addition need not wait for the one before
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Of<V>(float* a, float* b, int n) where V : struct, IVector<V>
    {
        V even = V.Zero, odd = V.Zero;
        var i = 0;
        for (; i <= n - 2 * V.Count; i += 2 * V.Count)
        {
            even = V.MultiplyAdd(V.Load(a + i), V.Load(b + i), even);
            odd = V.MultiplyAdd(V.Load(a + i + V.Count), V.Load(b + i + V.Count), odd);
        }

        for (; i < n; i += V.Count) even = V.MultiplyAdd(Part.Load<V>(a + i, n - i), Part.Load<V>(b + i, n - i), even);
        return V.Sum(even + odd);
    }
}
