using System.Runtime.CompilerServices;

namespace Sundry.Compute;

internal static unsafe partial class Gemm
{
    /// <summary>Rows of the batch that one pass sums in registers, at most; half of it where that lets more columns of x stay cached.</summary>
    private const int PassRows = 512;

    /// <summary>Panels of dy packed together: neighbours lie in the same pages, which a single panel would visit for one line each.</summary>
    private const int PanelGroup = 8;

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

        // a part of x, as many rows as its columns leave room for in the cache, meets all of dy; dw is touched once a part
        var rows = EvenPart(Math.Max(1, m), Math.Clamp(CachedX / k, PassRows / 2, PassRows), 1);
        var columns = EvenPart(k, Math.Max(BlockRows<V>(), CachedX / rows), BlockRows<V>());
        var width = 2 * V.Count;
        var scratch = stackalloc float[14 * width];
        var panels = stackalloc float[PanelGroup * rows * width];
        for (var i = 0; i == 0 || i < m; i += rows)
        {
            var length = Math.Min(rows, m - i);
            for (var c = 0; c < k; c += columns)
            {
                var part = new Product(dw + c * ldw, ldw, x + i * ldx + c, 1, ldx, panels, n, null, false, accumulate || i > 0, scratch);
                for (var j = 0; j < n; j += PanelGroup * width)
                {
                    PackGroup<V>(panels, dy + i * ldy + j, ldy, length, Math.Min(PanelGroup * width, n - j));
                    for (var panel = 0; panel < PanelGroup && j + panel * width < n; panel++)
                        Rows<V>(part, Math.Min(columns, k - c), j + panel * width, panels + (nint)panel * length * width, length);
                }
            }
        }
    }

    /// <summary>Packs several panels row by row; the last may be narrower.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackGroup<V>(float* panels, float* dy, nint ldy, int rows, int columns) where V : struct, IVector<V>
    {
        var width = 2 * V.Count;
        var whole = columns / width;
        for (var i = 0; i < rows; i++)
        {
            var target = panels + (nint)i * width;
            var source = dy + i * ldy;
            for (var panel = 0; panel < whole; panel++, target += (nint)rows * width, source += width)
            {
                V.Store(V.Load(source), target);
                V.Store(V.Load(source + V.Count), target + V.Count);
            }
        }

        var rest = columns - whole * width;
        if (rest > 0) PackPanel(panels + (nint)whole * rows * width, dy + whole * width, ldy, 1, rows, rest, rest <= V.Count ? V.Count : width);
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
