using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>Arithmetic of single rows of factors: what stochastic gradient descent and the solvers of factorisations consist of.</summary>
public static unsafe class RowMath
{
    /// <summary>Σ a[i]·b[i], in float, always in the same order for one vector width.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length) throw Unequal();
        fixed (float* pa = a, pb = b)
        {
            return Simd.Bits switch
            {
                512 => Dot<V512>(pa, pb, a.Length),
                256 => Dot<V256>(pa, pb, a.Length),
                128 => Dot<V128>(pa, pb, a.Length),
                _ => Dot<V1>(pa, pb, a.Length),
            };
        }
    }

    /// <summary>y += c·x.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddScaled(Span<float> y, ReadOnlySpan<float> x, float c)
    {
        if (x.Length != y.Length) throw Unequal();
        fixed (float* py = y, px = x)
        {
            switch (Simd.Bits)
            {
                case 512: AddScaled<V512>(py, px, y.Length, c); break;
                case 256: AddScaled<V256>(py, px, y.Length, c); break;
                case 128: AddScaled<V128>(py, px, y.Length, c); break;
                default: AddScaled<V1>(py, px, y.Length, c); break;
            }
        }
    }

    /// <summary>u ← keep·u + step·v and v ← keep·v + step·u, both from the values before: one step of descent on a product of two rows with shrinkage.</summary>
    /// <param name="u">One row.</param>
    /// <param name="v">The other.</param>
    /// <param name="keep">1 − rate·regularisation.</param>
    /// <param name="step">−rate·slope.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Step(Span<float> u, Span<float> v, float keep, float step)
    {
        if (u.Length != v.Length) throw Unequal();
        fixed (float* pu = u, pv = v)
        {
            switch (Simd.Bits)
            {
                case 512: Step<V512>(pu, pv, u.Length, keep, step); break;
                case 256: Step<V256>(pu, pv, u.Length, keep, step); break;
                case 128: Step<V128>(pu, pv, u.Length, keep, step); break;
                default: Step<V1>(pu, pv, u.Length, keep, step); break;
            }
        }
    }

    /// <summary>One step of descent on u·(v − w) with shrinkage of all three rows, from the values before.</summary>
    /// <param name="u">The user's row.</param>
    /// <param name="v">The row of what is to stand higher.</param>
    /// <param name="w">The row of what is to stand lower.</param>
    /// <param name="keep">1 − rate·regularisation.</param>
    /// <param name="step">−rate·slope.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void PairStep(Span<float> u, Span<float> v, Span<float> w, float keep, float step)
    {
        if (u.Length != v.Length || u.Length != w.Length) throw Unequal();
        fixed (float* pu = u, pv = v, pw = w)
        {
            switch (Simd.Bits)
            {
                case 512: PairStep<V512>(pu, pv, pw, u.Length, keep, step); break;
                case 256: PairStep<V256>(pu, pv, pw, u.Length, keep, step); break;
                case 128: PairStep<V128>(pu, pv, pw, u.Length, keep, step); break;
                default: PairStep<V1>(pu, pv, pw, u.Length, keep, step); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot<V>(float* a, float* b, int n) where V : struct, IVector<V>
    {
        V s = V.Zero, t = V.Zero;
        var i = 0;
        for (; i <= n - 2 * V.Count; i += 2 * V.Count)
        {
            s = V.MultiplyAdd(V.Load(a + i), V.Load(b + i), s);
            t = V.MultiplyAdd(V.Load(a + i + V.Count), V.Load(b + i + V.Count), t);
        }

        for (; i <= n - V.Count; i += V.Count) s = V.MultiplyAdd(V.Load(a + i), V.Load(b + i), s);
        if (i < n) t = V.MultiplyAdd(V.LoadPartial(a + i, n - i), V.LoadPartial(b + i, n - i), t);
        return V.Sum(s + t);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled<V>(float* y, float* x, int n, float c) where V : struct, IVector<V>
    {
        var scale = V.Broadcast(c);
        var i = 0;
        for (; i <= n - V.Count; i += V.Count) V.Store(V.MultiplyAdd(V.Load(x + i), scale, V.Load(y + i)), y + i);
        if (i < n) V.StorePartial(V.MultiplyAdd(V.LoadPartial(x + i, n - i), scale, V.LoadPartial(y + i, n - i)), y + i, n - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step<V>(float* u, float* v, int n, float keep, float step) where V : struct, IVector<V>
    {
        V k = V.Broadcast(keep), s = V.Broadcast(step);
        var i = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            V a = V.Load(u + i), b = V.Load(v + i);
            V.Store(V.MultiplyAdd(s, b, k * a), u + i);
            V.Store(V.MultiplyAdd(s, a, k * b), v + i);
        }

        if (i == n) return;
        V c = V.LoadPartial(u + i, n - i), d = V.LoadPartial(v + i, n - i);
        V.StorePartial(V.MultiplyAdd(s, d, k * c), u + i, n - i);
        V.StorePartial(V.MultiplyAdd(s, c, k * d), v + i, n - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PairStep<V>(float* u, float* v, float* w, int n, float keep, float step) where V : struct, IVector<V>
    {
        V k = V.Broadcast(keep), s = V.Broadcast(step), t = V.Broadcast(-step);
        var i = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            V a = V.Load(u + i), b = V.Load(v + i), c = V.Load(w + i);
            V.Store(V.MultiplyAdd(s, b - c, k * a), u + i);
            V.Store(V.MultiplyAdd(s, a, k * b), v + i);
            V.Store(V.MultiplyAdd(t, a, k * c), w + i);
        }

        if (i == n) return;
        V d = V.LoadPartial(u + i, n - i), e = V.LoadPartial(v + i, n - i), f = V.LoadPartial(w + i, n - i);
        V.StorePartial(V.MultiplyAdd(s, e - f, k * d), u + i, n - i);
        V.StorePartial(V.MultiplyAdd(s, d, k * e), v + i, n - i);
        V.StorePartial(V.MultiplyAdd(t, d, k * f), w + i, n - i);
    }

    private static ArgumentException Unequal() => new("the rows have different lengths");
}
