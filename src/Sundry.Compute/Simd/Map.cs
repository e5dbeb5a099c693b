using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>f of one vector.</summary>
internal interface IUnary
{
    V Apply<V>(V x) where V : struct, IVector<V>;
}

/// <summary>f of two vectors.</summary>
internal interface IBinary
{
    V Apply<V>(V a, V b) where V : struct, IVector<V>;
}

/// <summary>
/// The loops of element-wise work: y = f(x) and y = f(a, b), or y += where asked. The last lanes go through partial
/// vectors, so an element's value does not depend on where it stands. Any of the operands may be the same memory.
/// </summary>
internal static unsafe class Map
{
    public static void Unary<TOp>(float* y, float* x, long n, TOp op, bool accumulate = false) where TOp : struct, IUnary
    {
        if (Simd.Bits == 512) Unary<V512, TOp>(y, x, n, op, accumulate);
        else if (Simd.Bits == 256) Unary<V256, TOp>(y, x, n, op, accumulate);
        else if (Simd.Bits == 128) Unary<V128, TOp>(y, x, n, op, accumulate);
        else Unary<V1, TOp>(y, x, n, op, accumulate);
    }

    public static void Binary<TOp>(float* y, float* a, float* b, long n, TOp op, bool accumulate = false) where TOp : struct, IBinary
    {
        if (Simd.Bits == 512) Binary<V512, TOp>(y, a, b, n, op, accumulate);
        else if (Simd.Bits == 256) Binary<V256, TOp>(y, a, b, n, op, accumulate);
        else if (Simd.Bits == 128) Binary<V128, TOp>(y, a, b, n, op, accumulate);
        else Binary<V1, TOp>(y, a, b, n, op, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unary<V, TOp>(float* y, float* x, long n, TOp op, bool accumulate)
        where V : struct, IVector<V> where TOp : struct, IUnary
    {
        long i = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            var value = op.Apply(V.Load(x + i));
            if (accumulate) value += V.Load(y + i);
            V.Store(value, y + i);
        }

        var rest = (int)(n - i);
        if (rest <= 0) return;
        var last = op.Apply(V.LoadPartial(x + i, rest));
        if (accumulate) last += V.LoadPartial(y + i, rest);
        V.StorePartial(last, y + i, rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Binary<V, TOp>(float* y, float* a, float* b, long n, TOp op, bool accumulate)
        where V : struct, IVector<V> where TOp : struct, IBinary
    {
        long i = 0;
        for (; i <= n - V.Count; i += V.Count)
        {
            var value = op.Apply(V.Load(a + i), V.Load(b + i));
            if (accumulate) value += V.Load(y + i);
            V.Store(value, y + i);
        }

        var rest = (int)(n - i);
        if (rest <= 0) return;
        var last = op.Apply(V.LoadPartial(a + i, rest), V.LoadPartial(b + i, rest));
        if (accumulate) last += V.LoadPartial(y + i, rest);
        V.StorePartial(last, y + i, rest);
    }
}
