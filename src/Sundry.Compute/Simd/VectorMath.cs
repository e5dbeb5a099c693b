using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// The functions that no instruction computes. Relative error of a few units in the last place; NaN stays NaN, and what
/// is too large or too small ends at infinity, one or zero, as the function does.
/// </summary>
internal static class VectorMath
{
    /// <summary>e^x: 2^n times a polynomial in the rest, |rest| ≤ ln 2 / 2 (Cephes' expf).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x) where V : struct, IVector<V>
    {
        // beyond these the float result is zero or infinity, and 2^n below stays in range
        var inside = V.Min(V.Max(x, V.Broadcast(-104f)), V.Broadcast(89f));
        var n = V.Round(inside * V.Broadcast(1.44269504088896341f));
        var r = V.MultiplyAdd(n, V.Broadcast(-0.693359375f), inside);      // ln 2 in two parts: n times the first is exact
        r = V.MultiplyAdd(n, V.Broadcast(2.12194440e-4f), r);

        var p = V.Broadcast(1.9875691500e-4f);
        p = V.MultiplyAdd(p, r, V.Broadcast(1.3981999507e-3f));
        p = V.MultiplyAdd(p, r, V.Broadcast(8.3334519073e-3f));
        p = V.MultiplyAdd(p, r, V.Broadcast(4.1665795894e-2f));
        p = V.MultiplyAdd(p, r, V.Broadcast(1.6666665459e-1f));
        p = V.MultiplyAdd(p, r, V.Broadcast(5.0000001201e-1f));
        p = V.MultiplyAdd(p * r, r, r) + V.Broadcast(1f);

        // two factors, so that neither leaves the exponent's range while the product may
        var half = V.Round(n * V.Broadcast(0.5f));
        p = p * PowerOfTwo(half) * PowerOfTwo(n - half);
        return V.Select(V.Equal(x, x), p, x);
    }

    /// <summary>2^n for whole n in -126 … 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo<V>(V n) where V : struct, IVector<V> =>
        V.ShiftLeftInt(V.AddInt(V.ToInt(n), V.BroadcastInt(127)), 23);

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x) where V : struct, IVector<V>
    {
        var one = V.Broadcast(1f);
        return one / (one + Exp(V.Zero - x));
    }

    /// <summary>1 / (1 + e^-x) within 2e-7, at least e^-87: half the instructions of <see cref="Sigmoid"/>, where nobody asks how small a small one is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BoundedSigmoid<V>(V x) where V : struct, IVector<V>
    {
        // NaN as the second operand is what x86 gives back
        var inside = V.Min(V.Broadcast(87f), V.Max(V.Broadcast(-87f), x));
        // beside 1.5 · 2^23 nothing but the whole number is left of a sum, in its lowest bits
        var magic = V.Broadcast(12582912f);
        var whole = V.MultiplyAdd(inside, V.Broadcast(-1.44269504088896341f), magic);
        var f = V.MultiplyAdd(inside, V.Broadcast(-1.44269504088896341f), magic - whole);
        var p = V.Broadcast(1.535336188319500e-4f);      // 2^f, |f| ≤ 1/2 (Cephes' exp2f)
        p = V.MultiplyAdd(p, f, V.Broadcast(1.339887440266574e-3f));
        p = V.MultiplyAdd(p, f, V.Broadcast(9.618437357674640e-3f));
        p = V.MultiplyAdd(p, f, V.Broadcast(5.550332471162809e-2f));
        p = V.MultiplyAdd(p, f, V.Broadcast(2.402264791363012e-1f));
        p = V.MultiplyAdd(p, f, V.Broadcast(6.931472028550421e-1f));
        var one = V.Broadcast(1f);
        p = V.MultiplyAdd(p, f, one);
        return one / (one + V.AddInt(p, V.ShiftLeftInt(whole, 23)));
    }

    /// <summary>tanh: a polynomial near zero, where 1 - 2/(e^2x + 1) cancels (Cephes' tanhf).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x) where V : struct, IVector<V>
    {
        var size = V.Abs(x);
        var one = V.Broadcast(1f);
        var far = one - V.Broadcast(2f) / (Exp(size + size) + one);
        far ^= x & V.BroadcastInt(int.MinValue);

        var z = x * x;
        var p = V.Broadcast(-5.70498872745e-3f);
        p = V.MultiplyAdd(p, z, V.Broadcast(2.06390887954e-2f));
        p = V.MultiplyAdd(p, z, V.Broadcast(-5.37397155531e-2f));
        p = V.MultiplyAdd(p, z, V.Broadcast(1.33314422036e-1f));
        p = V.MultiplyAdd(p, z, V.Broadcast(-3.33332819422e-1f));
        var near = V.MultiplyAdd(p * z, x, x);
        return V.Select(V.LessThan(size, V.Broadcast(0.625f)), near, far);
    }

    /// <summary>The standard normal distribution function Φ(x), with a small relative error in the lower tail as well.</summary>
    /// <remarks>Φ(-|x|) = erfc(|x|/√2)/2 by the Chebyshev fit of Numerical Recipes' erfcc, whose error is 1.2e-7 of the value.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdf<V>(V x) where V : struct, IVector<V>
    {
        var u = V.Abs(x) * V.Broadcast(0.70710678118654752f);
        var one = V.Broadcast(1f);
        var t = one / V.MultiplyAdd(u, V.Broadcast(0.5f), one);
        var p = V.Broadcast(0.17087277f);
        p = V.MultiplyAdd(p, t, V.Broadcast(-0.82215223f));
        p = V.MultiplyAdd(p, t, V.Broadcast(1.48851587f));
        p = V.MultiplyAdd(p, t, V.Broadcast(-1.13520398f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.27886807f));
        p = V.MultiplyAdd(p, t, V.Broadcast(-0.18628806f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.09678418f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.37409196f));
        p = V.MultiplyAdd(p, t, V.Broadcast(1.00002368f));
        p = V.MultiplyAdd(p, t, V.Broadcast(-1.26551223f));
        var tail = V.Broadcast(0.5f) * t * Exp(p - u * u);
        return V.Select(V.LessThan(x, V.Zero), tail, one - tail);
    }

    /// <summary>x where it is not negative, else zero; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Relu<V>(V x) where V : struct, IVector<V> => V.Select(V.LessThan(x, V.Zero), V.Zero, x);
}
