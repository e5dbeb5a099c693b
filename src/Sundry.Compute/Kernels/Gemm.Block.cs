using System.Runtime.CompilerServices;
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
    private static void Block<V, R, C>(float* y, nint ldy, float* a, nint row, nint step, float* panel, nint k, float* bias, bool relu, bool add)
        where V : struct, IVector<V> where R : struct, ICount where C : struct, ICount
    {
        if (add && Sse.IsSupported)
        {
            // y is needed after the whole sum: by then it is here
            for (var r = 0; r < R.Value; r++)
            {
                Sse.Prefetch0(y + r * ldy);
                Sse.Prefetch0(y + r * ldy + C.Value * V.Count - 1);
            }
        }

        V c00 = V.Zero, c01 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero;
        V c40 = V.Zero, c41 = V.Zero;
        V c50 = V.Zero, c51 = V.Zero;
        V c60 = V.Zero, c61 = V.Zero;
        V c70 = V.Zero, c71 = V.Zero;
        V c80 = V.Zero, c81 = V.Zero;
        V c90 = V.Zero, c91 = V.Zero;
        V ca0 = V.Zero, ca1 = V.Zero;
        V cb0 = V.Zero, cb1 = V.Zero;

        // a base every three rows: the others are reached by one index register, which keeps all addresses in registers
        float* a0 = a, a3 = a + 3 * row, a6 = a + 6 * row, a9 = a + 9 * row;
        var two = 2 * row;
        for (; k > 0; k--)
        {
            var b0 = V.Load(panel);
            var b1 = C.Value > 1 ? V.Load(panel + V.Count) : b0;
            panel += C.Value * V.Count;

            V x;
            x = V.Broadcast(a0[0]);
            c00 = V.MultiplyAdd(x, b0, c00);
            if (C.Value > 1) c01 = V.MultiplyAdd(x, b1, c01);
            if (R.Value > 1)
            {
                x = V.Broadcast(a0[row]);
                c10 = V.MultiplyAdd(x, b0, c10);
                if (C.Value > 1) c11 = V.MultiplyAdd(x, b1, c11);
            }
            if (R.Value > 2)
            {
                x = V.Broadcast(a0[two]);
                c20 = V.MultiplyAdd(x, b0, c20);
                if (C.Value > 1) c21 = V.MultiplyAdd(x, b1, c21);
            }
            if (R.Value > 3)
            {
                x = V.Broadcast(a3[0]);
                c30 = V.MultiplyAdd(x, b0, c30);
                if (C.Value > 1) c31 = V.MultiplyAdd(x, b1, c31);
            }
            if (R.Value > 4)
            {
                x = V.Broadcast(a3[row]);
                c40 = V.MultiplyAdd(x, b0, c40);
                if (C.Value > 1) c41 = V.MultiplyAdd(x, b1, c41);
            }
            if (R.Value > 5)
            {
                x = V.Broadcast(a3[two]);
                c50 = V.MultiplyAdd(x, b0, c50);
                if (C.Value > 1) c51 = V.MultiplyAdd(x, b1, c51);
            }
            if (R.Value > 6)
            {
                x = V.Broadcast(a6[0]);
                c60 = V.MultiplyAdd(x, b0, c60);
                if (C.Value > 1) c61 = V.MultiplyAdd(x, b1, c61);
            }
            if (R.Value > 7)
            {
                x = V.Broadcast(a6[row]);
                c70 = V.MultiplyAdd(x, b0, c70);
                if (C.Value > 1) c71 = V.MultiplyAdd(x, b1, c71);
            }
            if (R.Value > 8)
            {
                x = V.Broadcast(a6[two]);
                c80 = V.MultiplyAdd(x, b0, c80);
                if (C.Value > 1) c81 = V.MultiplyAdd(x, b1, c81);
            }
            if (R.Value > 9)
            {
                x = V.Broadcast(a9[0]);
                c90 = V.MultiplyAdd(x, b0, c90);
                if (C.Value > 1) c91 = V.MultiplyAdd(x, b1, c91);
            }
            if (R.Value > 10)
            {
                x = V.Broadcast(a9[row]);
                ca0 = V.MultiplyAdd(x, b0, ca0);
                if (C.Value > 1) ca1 = V.MultiplyAdd(x, b1, ca1);
            }
            if (R.Value > 11)
            {
                x = V.Broadcast(a9[two]);
                cb0 = V.MultiplyAdd(x, b0, cb0);
                if (C.Value > 1) cb1 = V.MultiplyAdd(x, b1, cb1);
            }

            a0 += step;
            if (R.Value > 3) a3 += step;
            if (R.Value > 6) a6 += step;
            if (R.Value > 9) a9 += step;
        }

        V bias0 = V.Zero, bias1 = V.Zero;
        if (bias != null)
        {
            bias0 = V.Load(bias);
            if (C.Value > 1) bias1 = V.Load(bias + V.Count);
        }

        Finish<V, C>(y, c00, c01, bias0, bias1, relu, add);
        if (R.Value > 1) Finish<V, C>(y + ldy, c10, c11, bias0, bias1, relu, add);
        if (R.Value > 2) Finish<V, C>(y + 2 * ldy, c20, c21, bias0, bias1, relu, add);
        if (R.Value > 3) Finish<V, C>(y + 3 * ldy, c30, c31, bias0, bias1, relu, add);
        if (R.Value > 4) Finish<V, C>(y + 4 * ldy, c40, c41, bias0, bias1, relu, add);
        if (R.Value > 5) Finish<V, C>(y + 5 * ldy, c50, c51, bias0, bias1, relu, add);
        if (R.Value > 6) Finish<V, C>(y + 6 * ldy, c60, c61, bias0, bias1, relu, add);
        if (R.Value > 7) Finish<V, C>(y + 7 * ldy, c70, c71, bias0, bias1, relu, add);
        if (R.Value > 8) Finish<V, C>(y + 8 * ldy, c80, c81, bias0, bias1, relu, add);
        if (R.Value > 9) Finish<V, C>(y + 9 * ldy, c90, c91, bias0, bias1, relu, add);
        if (R.Value > 10) Finish<V, C>(y + 10 * ldy, ca0, ca1, bias0, bias1, relu, add);
        if (R.Value > 11) Finish<V, C>(y + 11 * ldy, cb0, cb1, bias0, bias1, relu, add);
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
