using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Gemm
{
    /// <summary>Rows of the batch that one pass sums in registers: a panel of dy of this height stays in the first-level cache.</summary>
    private const int PassRows = 512;

    /// <summary>dw[k, n] = xᵀ·dy, or += where asked: the sum over the m rows of x[m, k] and dy[m, n].</summary>
    public static void WeightGradient(float* dw, int ldw, float* x, int ldx, float* dy, int ldy, int m, int k, int n, bool accumulate)
    {
        if (k <= 0 || n <= 0) return;
        if (Simd.Bits == 512) WeightGradient<V512>(dw, ldw, x, ldx, dy, ldy, m, k, n, accumulate);
        else if (Simd.Bits == 256) WeightGradient<V256>(dw, ldw, x, ldx, dy, ldy, m, k, n, accumulate);
        else if (Simd.Bits == 128) WeightGradient<V128>(dw, ldw, x, ldx, dy, ldy, m, k, n, accumulate);
        else WeightGradient<V1>(dw, ldw, x, ldx, dy, ldy, m, k, n, accumulate);
    }

    [SkipLocalsInit]
    private static void WeightGradient<V>(float* dw, nint ldw, float* x, nint ldx, float* dy, nint ldy, int m, int k, int n, bool accumulate)
        where V : struct, IVector<V>
    {
        if (n <= NarrowOutputs)
        {
            WeightGradientNarrow<V>(dw, ldw, x, ldx, dy, ldy, m, k, n, accumulate);
            return;
        }

        var scratch = stackalloc float[14 * 2 * V.Count];
        var panel = stackalloc float[PassRows * 2 * V.Count];
        var rows = EvenPart(Math.Max(1, m), Math.Clamp(CachedFloats / k, 64, PassRows), 1);
        for (var start = 0; start == 0 || start < m; start += rows)
        {
            var length = Math.Min(rows, m - start);
            var some = new Product(dw, ldw, x + start * ldx, 1, ldx, panel, n, null, false, accumulate || start > 0, scratch);
            for (var j = 0; j < n; j += 2 * V.Count)
            {
                var columns = Math.Min(2 * V.Count, n - j);
                PackPanel(panel, dy + start * ldy + j, ldy, 1, length, columns, columns > V.Count ? 2 * V.Count : V.Count);
                if (columns > V.Count) Rows<V, N2>(some, k, j, columns, panel, length);
                else Rows<V, N1>(some, k, j, columns, panel, length);
            }
        }
    }

    /// <summary>The gradient of a head's weights: vectors along k, one sum per output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientNarrow<V>(float* dw, nint ldw, float* x, nint ldx, float* dy, nint ldy, int m, int k, int n, bool accumulate)
        where V : struct, IVector<V>
    {
        var lanes = stackalloc float[V.Count];
        for (var c = 0; c < k; c += V.Count)
        {
            var width = Math.Min(V.Count, k - c);
            for (var j = 0; j < n; j++)
            {
                V even = V.Zero, odd = V.Zero;
                var i = 0;
                for (; i + 2 <= m; i += 2)
                {
                    var row = x + i * ldx + c;
                    var a = width == V.Count ? V.Load(row) : V.LoadPartial(row, width);
                    var b = width == V.Count ? V.Load(row + ldx) : V.LoadPartial(row + ldx, width);
                    even = V.MultiplyAdd(a, V.Broadcast(dy[i * ldy + j]), even);
                    odd = V.MultiplyAdd(b, V.Broadcast(dy[(i + 1) * ldy + j]), odd);
                }

                if (i < m)
                {
                    var row = x + i * ldx + c;
                    var a = width == V.Count ? V.Load(row) : V.LoadPartial(row, width);
                    even = V.MultiplyAdd(a, V.Broadcast(dy[i * ldy + j]), even);
                }

                V.Store(even + odd, lanes);
                for (var l = 0; l < width; l++)
                {
                    var place = dw + (c + l) * ldw + j;
                    *place = accumulate ? *place + lanes[l] : lanes[l];
                }
            }
        }
    }
}
