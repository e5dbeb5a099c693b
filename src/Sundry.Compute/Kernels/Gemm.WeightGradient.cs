using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sundry.Compute;

internal static unsafe partial class Gemm
{
    /// <summary>Rows of the batch that one pass sums in registers, at most.</summary>
    private const int PassRows = 256;

    /// <summary>Panels of dy packed together: neighbours lie in the same pages, which a single panel would visit for one line each.</summary>
    private const int PanelGroup = 8;

    /// <summary>With fewer panels than this, bringing x into strips costs more than reading it in place.</summary>
    private const int WorthStrips = 4;

    /// <summary>Rows of x brought into strips at a time: their lines stay in the first-level cache from strip to strip, even where rows lie whole pages apart and share one set of its eight ways.</summary>
    private const int StripTile = 8;

    /// <summary>Room for a part of x in strips, and for a group of panels; one for each thread that ever asks, freed with it.</summary>
    [ThreadStatic]
    private static float[]? _room;

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

        // a part of x that the cache holds meets all of dy, so that dw is touched once a part
        var width = 2 * V.Count;
        var most = BlockRows<V>();
        var strips = n > WorthStrips * width;
        var rows = EvenPart(Math.Max(1, m), strips ? PassRows : PassRows / 2, 1);
        var columns = EvenPart(k, Math.Max(most, CachedX / rows), most);
        var scratch = stackalloc float[14 * width];
        var room = Room(PanelGroup * rows * width + rows * columns);
        var packed = room + PanelGroup * rows * width;
        for (var i = 0; i == 0 || i < m; i += rows)
        {
            var length = Math.Min(rows, m - i);
            for (var c = 0; c < k; c += columns)
            {
                var taken = Math.Min(columns, k - c);
                var from = x + i * ldx + c;
                if (strips) PackStrips<V>(packed, from, ldx, length, taken);
                var part = new Product(
                    dw + c * ldw, ldw, strips ? packed : from, strips ? length : 1, strips ? 0 : ldx, room, n, null, false, accumulate || i > 0, scratch);
                for (var j = 0; j < n; j += PanelGroup * width)
                {
                    PackGroup<V>(room, dy + i * ldy + j, ldy, length, Math.Min(PanelGroup * width, n - j));
                    for (var panel = 0; panel < PanelGroup && j + panel * width < n; panel++)
                        Rows<V>(part, taken, j + panel * width, room + (nint)panel * length * width, length);
                }
            }
        }
    }

    private static float* Room(int floats)
    {
        if (_room is null || _room.Length < floats + 16) _room = GC.AllocateUninitializedArray<float>(floats + 16, pinned: true);
        return (float*)(((nint)Unsafe.AsPointer(ref _room[0]) + 63) / 64 * 64);
    }

    /// <summary>
    /// Brings columns of x into strips: the columns that one register block takes lie together row after row, as the
    /// block reads them. In place every row would be another cache line, and another page where rows are long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackStrips<V>(float* strips, float* x, nint ldx, int rows, int columns) where V : struct, IVector<V>
    {
        var most = BlockRows<V>();
        for (var tile = 0; tile < rows; tile += StripTile)
        {
            var end = Math.Min(rows, tile + StripTile);
            for (int c = 0, take; c < columns; c += take)
            {
                take = BlockPart(columns - c, most);
                var source = x + tile * ldx + c;
                var target = strips + (nint)c * rows + (nint)tile * take;
                for (var r = tile; r < end; r++, source += ldx, target += take)
                {
                    if (take == most)
                    {
                        Vector128.Store(Vector128.Load(source), target);
                        if (most == 12) Vector128.Store(Vector128.Load(source + 4), target + 4);
                        Vector128.Store(Vector128.Load(source + most - 4), target + most - 4);      // for six it overlaps the first
                        continue;
                    }

                    for (var i = 0; i < take; i++) target[i] = source[i];
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
