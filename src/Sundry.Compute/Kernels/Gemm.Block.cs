using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Compute;

internal static unsafe partial class Gemm
{
    /// <summary>
    /// One block of y held in registers: y[R rows, C vectors] = sum over k of a[row, k] · panel[k, C vectors], then
    /// += y where <paramref name="add"/>, + bias (C vectors, or null), and relu. The row operand is read in place: element
    /// (r, i) is a[r·<paramref name="row"/> + i·<paramref name="step"/>]. All the arithmetic of the three products is this loop.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<V, T, R, C>(float* y, nint ldy, float* a, nint row, nint step, float* panel, nint k, float* bias, bool relu, bool add)
        where V : struct, IVector<V>, IRegister<V, T> where T : struct where R : struct, ICount where C : struct, ICount
    {
        if (Sse.IsSupported)
        {
            // y is needed after the whole sum, be it only to be overwritten: by then it is here
            for (var r = 0; r < R.Value; r++)
            {
                Sse.Prefetch0(y + r * ldy);
                Sse.Prefetch0(y + r * ldy + C.Value * V.Count - 1);
            }
        }

        T c00 = default, c01 = default;
        T c10 = default, c11 = default;
        T c20 = default, c21 = default;
        T c30 = default, c31 = default;
        T c40 = default, c41 = default;
        T c50 = default, c51 = default;
        T c60 = default, c61 = default;
        T c70 = default, c71 = default;
        T c80 = default, c81 = default;
        T c90 = default, c91 = default;
        T ca0 = default, ca1 = default;
        T cb0 = default, cb1 = default;

        // a base every three rows: the others are reached by one index register, which keeps all addresses in registers
        float* a0 = a, a3 = a + 3 * row, a6 = a + 6 * row, a9 = a + 9 * row;
        var two = 2 * row;
        step *= sizeof(float);
        for (var end = panel + k * C.Value * V.Count; panel < end;)
        {
            var b0 = V.LoadBare(panel);
            var b1 = C.Value > 1 ? V.LoadBare(panel + V.Count) : b0;
            panel += C.Value * V.Count;

            T x;
            x = V.BroadcastBare(a0[0]);
            c00 = V.MultiplyAddBare(x, b0, c00);
            if (C.Value > 1) c01 = V.MultiplyAddBare(x, b1, c01);
            if (R.Value > 1)
            {
                x = V.BroadcastBare(a0[row]);
                c10 = V.MultiplyAddBare(x, b0, c10);
                if (C.Value > 1) c11 = V.MultiplyAddBare(x, b1, c11);
            }
            if (R.Value > 2)
            {
                x = V.BroadcastBare(a0[two]);
                c20 = V.MultiplyAddBare(x, b0, c20);
                if (C.Value > 1) c21 = V.MultiplyAddBare(x, b1, c21);
            }
            if (R.Value > 3)
            {
                x = V.BroadcastBare(a3[0]);
                c30 = V.MultiplyAddBare(x, b0, c30);
                if (C.Value > 1) c31 = V.MultiplyAddBare(x, b1, c31);
            }
            if (R.Value > 4)
            {
                x = V.BroadcastBare(a3[row]);
                c40 = V.MultiplyAddBare(x, b0, c40);
                if (C.Value > 1) c41 = V.MultiplyAddBare(x, b1, c41);
            }
            if (R.Value > 5)
            {
                x = V.BroadcastBare(a3[two]);
                c50 = V.MultiplyAddBare(x, b0, c50);
                if (C.Value > 1) c51 = V.MultiplyAddBare(x, b1, c51);
            }
            if (R.Value > 6)
            {
                x = V.BroadcastBare(a6[0]);
                c60 = V.MultiplyAddBare(x, b0, c60);
                if (C.Value > 1) c61 = V.MultiplyAddBare(x, b1, c61);
            }
            if (R.Value > 7)
            {
                x = V.BroadcastBare(a6[row]);
                c70 = V.MultiplyAddBare(x, b0, c70);
                if (C.Value > 1) c71 = V.MultiplyAddBare(x, b1, c71);
            }
            if (R.Value > 8)
            {
                x = V.BroadcastBare(a6[two]);
                c80 = V.MultiplyAddBare(x, b0, c80);
                if (C.Value > 1) c81 = V.MultiplyAddBare(x, b1, c81);
            }
            if (R.Value > 9)
            {
                x = V.BroadcastBare(a9[0]);
                c90 = V.MultiplyAddBare(x, b0, c90);
                if (C.Value > 1) c91 = V.MultiplyAddBare(x, b1, c91);
            }
            if (R.Value > 10)
            {
                x = V.BroadcastBare(a9[row]);
                ca0 = V.MultiplyAddBare(x, b0, ca0);
                if (C.Value > 1) ca1 = V.MultiplyAddBare(x, b1, ca1);
            }
            if (R.Value > 11)
            {
                x = V.BroadcastBare(a9[two]);
                cb0 = V.MultiplyAddBare(x, b0, cb0);
                if (C.Value > 1) cb1 = V.MultiplyAddBare(x, b1, cb1);
            }

            a0 = (float*)((byte*)a0 + step);
            if (R.Value > 3) a3 = (float*)((byte*)a3 + step);
            if (R.Value > 6) a6 = (float*)((byte*)a6 + step);
            if (R.Value > 9) a9 = (float*)((byte*)a9 + step);
        }

        V bias0 = V.Zero, bias1 = V.Zero;
        if (bias != null)
        {
            bias0 = V.Load(bias);
            if (C.Value > 1) bias1 = V.Load(bias + V.Count);
        }

        Finish<V, C>(y, V.Wrap(c00), V.Wrap(c01), bias0, bias1, relu, add);
        if (R.Value > 1) Finish<V, C>(y + ldy, V.Wrap(c10), V.Wrap(c11), bias0, bias1, relu, add);
        if (R.Value > 2) Finish<V, C>(y + 2 * ldy, V.Wrap(c20), V.Wrap(c21), bias0, bias1, relu, add);
        if (R.Value > 3) Finish<V, C>(y + 3 * ldy, V.Wrap(c30), V.Wrap(c31), bias0, bias1, relu, add);
        if (R.Value > 4) Finish<V, C>(y + 4 * ldy, V.Wrap(c40), V.Wrap(c41), bias0, bias1, relu, add);
        if (R.Value > 5) Finish<V, C>(y + 5 * ldy, V.Wrap(c50), V.Wrap(c51), bias0, bias1, relu, add);
        if (R.Value > 6) Finish<V, C>(y + 6 * ldy, V.Wrap(c60), V.Wrap(c61), bias0, bias1, relu, add);
        if (R.Value > 7) Finish<V, C>(y + 7 * ldy, V.Wrap(c70), V.Wrap(c71), bias0, bias1, relu, add);
        if (R.Value > 8) Finish<V, C>(y + 8 * ldy, V.Wrap(c80), V.Wrap(c81), bias0, bias1, relu, add);
        if (R.Value > 9) Finish<V, C>(y + 9 * ldy, V.Wrap(c90), V.Wrap(c91), bias0, bias1, relu, add);
        if (R.Value > 10) Finish<V, C>(y + 10 * ldy, V.Wrap(ca0), V.Wrap(ca1), bias0, bias1, relu, add);
        if (R.Value > 11) Finish<V, C>(y + 11 * ldy, V.Wrap(cb0), V.Wrap(cb1), bias0, bias1, relu, add);
    }

    /// <summary>Names the runtime's vector type that goes with V.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block<V, R, C>(float* y, nint ldy, float* a, nint row, nint step, float* panel, nint k, float* bias, bool relu, bool add)
        where V : struct, IVector<V> where R : struct, ICount where C : struct, ICount
    {
        if (typeof(V) == typeof(V512)) Block<V512, Vector512<float>, R, C>(y, ldy, a, row, step, panel, k, bias, relu, add);
        else if (typeof(V) == typeof(V256)) Block<V256, Vector256<float>, R, C>(y, ldy, a, row, step, panel, k, bias, relu, add);
        else if (typeof(V) == typeof(V128)) Block<V128, Vector128<float>, R, C>(y, ldy, a, row, step, panel, k, bias, relu, add);
        else Block<V1, float, R, C>(y, ldy, a, row, step, panel, k, bias, relu, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V, C>(float* y, V c0, V c1, V bias0, V bias1, bool relu, bool add)
        where V : struct, IVector<V> where C : struct, ICount
    {
        if (add)
        {
            c0 += V.Load(y);
            if (C.Value > 1) c1 += V.Load(y + V.Count);
        }

        c0 += bias0;
        if (C.Value > 1) c1 += bias1;
        if (relu)
        {
            c0 = VectorMath.Relu(c0);
            if (C.Value > 1) c1 = VectorMath.Relu(c1);
        }

        V.Store(c0, y);
        if (C.Value > 1) V.Store(c1, y + V.Count);
    }
}
