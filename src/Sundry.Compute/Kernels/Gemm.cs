using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// Matrix products of a layer, all row-major: y = x·W + b, dx = dy·Wᵀ, dW = xᵀ·dy, on one thread.
/// </summary>
/// <remarks>
/// Letters: m rows of the batch, k inputs, n outputs. Weights are packed once into panels two vectors wide that the inner
/// loop reads end to end; activations are read in place by broadcast. A row's result does not depend on how many
/// rows are multiplied with it, so that scoring one row and scoring many agree to the last bit.
/// </remarks>
internal static unsafe partial class Gemm
{
    /// <summary>Inputs in one pass over a panel; a longer sum goes through y in parts.</summary>
    private const int PassLength = 640;

    /// <summary>Floats of x that stay in the second-level cache while all panels pass by.</summary>
    private const int CachedFloats = 24 * 1024;

    /// <summary>The same for the weight gradient, whose other operands take less of that cache.</summary>
    private const int CachedX = 64 * 1024;

    /// <summary>At most so many outputs are computed as dot products along k, where a panel would be mostly padding.</summary>
    public const int NarrowOutputs = 4;

    /// <summary>Rows of y in one register block: what the registers hold beside two vectors of the panel.</summary>
    private static int BlockRows<V>() where V : struct, IVector<V> => V.Count == 16 ? 12 : 6;

    /// <summary>y[m, n] = x[m, k] · W + bias, relu if asked; or y += x·W with <paramref name="accumulate"/>, without bias or relu.</summary>
    /// <remarks>
    /// <paramref name="packed"/> is W by Pack, or Wᵀ by <see cref="PackTransposed"/>, where k is then W's n and n its k;
    /// <paramref name="bias"/> is n floats or null.
    /// </remarks>
    public static void Multiply(float* y, int ldy, float* x, int ldx, float* packed, float* bias, int m, int k, int n, bool relu, bool accumulate)
    {
        if (m <= 0 || n <= 0) return;
        if (Simd.Bits == 512) Multiply<V512>(y, ldy, x, ldx, packed, bias, m, k, n, relu, accumulate);
        else if (Simd.Bits == 256) Multiply<V256>(y, ldy, x, ldx, packed, bias, m, k, n, relu, accumulate);
        else if (Simd.Bits == 128) Multiply<V128>(y, ldy, x, ldx, packed, bias, m, k, n, relu, accumulate);
        else Multiply<V1>(y, ldy, x, ldx, packed, bias, m, k, n, relu, accumulate);
    }

    [SkipLocalsInit]
    private static void Multiply<V>(float* y, nint ldy, float* x, nint ldx, float* packed, float* bias, int m, int k, int n, bool relu, bool accumulate)
        where V : struct, IVector<V>
    {
        if (n <= NarrowOutputs)
        {
            MultiplyNarrow<V>(y, ldy, x, ldx, packed, bias, m, k, n, relu, accumulate);
            return;
        }

        var scratch = stackalloc float[14 * 2 * V.Count];
        var passes = Math.Max(1, (k + PassLength - 1) / PassLength);
        for (int pass = 0, start = 0; pass < passes; pass++)
        {
            var length = (k - start) / (passes - pass);
            var last = pass == passes - 1;
            var some = new Product(
                y, ldy, x + start, ldx, 1, packed, n, last && !accumulate ? bias : null, last && !accumulate && relu, accumulate || pass > 0, scratch);
            var rows = EvenPart(m, Math.Max(CachedFloats / Math.Max(1, length), BlockRows<V>()), BlockRows<V>());
            for (var i = 0; i < m; i += rows)
                Panels<V>(some.From(i), Math.Min(rows, m - i), start, length, k);
            start += length;
        }
    }

    /// <summary>All panels for rows of x that fit the cache: panel outside, rows inside, so that a panel is read from memory once.</summary>
    // compiled once and for all, here as in every loop below: a first tier would be a hundred times slower, and has
    // nothing to learn, because widths and counts are constants of the generic arguments
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panels<V>(in Product p, int m, int start, int length, int k) where V : struct, IVector<V>
    {
        var width = 2 * V.Count;
        var panel = p.Packed;
        for (var j = 0; j < p.N; j += width)
        {
            var lanes = p.N - j > V.Count ? width : V.Count;
            Rows<V>(p, m, j, panel + (nint)start * lanes, length);
            panel += (nint)k * width;
        }
    }

    private static void Rows<V>(in Product p, int m, int j, float* panel, int length) where V : struct, IVector<V>
    {
        if (p.N - j > V.Count) Rows<V, N2>(p, m, j, Math.Min(2 * V.Count, p.N - j), panel, length);
        else Rows<V, N1>(p, m, j, p.N - j, panel, length);
    }

    /// <summary>One panel against m rows, in register blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<V, C>(in Product p, int m, int j, int columns, float* panel, int length)
        where V : struct, IVector<V> where C : struct, ICount
    {
        var full = columns == C.Value * V.Count;
        var bias = p.Bias == null ? null : p.Bias + j;
        if (bias != null && !full)
        {
            // the block reads whole vectors, and the caller's bias ends here
            var padded = p.Scratch + 12 * 2 * V.Count;
            for (var c = 0; c < C.Value * V.Count; c++) padded[c] = c < columns ? bias[c] : 0f;
            bias = padded;
        }

        var most = BlockRows<V>();
        for (int i = 0, rows; i < m; i += rows)
        {
            rows = BlockPart(m - i, most);
            var y = p.Y + i * p.Ldy + j;
            var x = p.X + i * p.Row;
            nint row = p.Step == 0 ? 1 : p.Row, step = p.Step == 0 ? rows : p.Step;
            if (full)
            {
                Block<V, C>(rows, y, p.Ldy, x, row, step, panel, length, bias, p.Relu, p.Add);
                continue;
            }

            var edge = p.Scratch;
            nint lde = C.Value * V.Count;
            if (p.Add) CopyColumns<V>(edge, lde, y, p.Ldy, rows, columns);
            Block<V, C>(rows, edge, lde, x, row, step, panel, length, bias, p.Relu, p.Add);
            CopyColumns<V>(y, p.Ldy, edge, lde, rows, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns<V>(float* destination, nint ldd, float* source, nint lds, int rows, int columns) where V : struct, IVector<V>
    {
        for (var i = 0; i < rows; i++)
        {
            var j = 0;
            for (; j <= columns - V.Count; j += V.Count) V.Store(V.Load(source + j), destination + j);
            if (j < columns) V.StorePartial(V.LoadPartial(source + j, columns - j), destination + j, columns - j);
            destination += ldd;
            source += lds;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block<V, C>(int rows, float* y, nint ldy, float* a, nint row, nint step, float* panel, nint k, float* bias, bool relu, bool add)
        where V : struct, IVector<V> where C : struct, ICount
    {
        switch (rows)
        {
            case 1: Block<V, N1, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 2: Block<V, N2, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 3: Block<V, N3, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 4: Block<V, N4, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 5: Block<V, N5, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 6: Block<V, N6, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 7: Block<V, N7, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 8: Block<V, N8, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 9: Block<V, N9, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 10: Block<V, N10, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            case 11: Block<V, N11, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
            default: Block<V, N12, C>(y, ldy, a, row, step, panel, k, bias, relu, add); break;
        }
    }

    /// <summary>Rows of the next register block: the last are halved rather than left as a thin block, which would starve the multipliers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BlockPart(int rest, int most) => rest <= most ? rest : rest < most + most / 2 + 1 ? (rest + 1) / 2 : most;

    /// <summary>Cuts a total into parts of at most <paramref name="most"/>, all nearly the same, each a multiple of <paramref name="unit"/> but the last.</summary>
    private static int EvenPart(int total, int most, int unit)
    {
        var parts = (total + most - 1) / most;
        return (total + parts * unit - 1) / (parts * unit) * unit;
    }

    /// <summary>
    /// One product's operands: element (r, i) of the row operand is X[r·Row + i·Step]. With a Step of zero X lies in strips:
    /// the R rows of a block that starts at row r are X[r·Row …], R floats for each i.
    /// </summary>
    private readonly struct Product(
        float* y, nint ldy, float* x, nint row, nint step, float* packed, int n, float* bias, bool relu, bool add, float* scratch)
    {
        public readonly float* Y = y;
        public readonly nint Ldy = ldy;
        public readonly float* X = x;
        public readonly nint Row = row;
        public readonly nint Step = step;
        public readonly float* Packed = packed;
        public readonly int N = n;
        public readonly float* Bias = bias;
        public readonly bool Relu = relu;
        public readonly bool Add = add;

        /// <summary>14 × 2 vectors: a block's results where they do not fill its columns, and its bias.</summary>
        public readonly float* Scratch = scratch;

        public Product From(int i) => new(Y + i * Ldy, Ldy, X + i * Row, Row, Step, Packed, N, Bias, Relu, Add, Scratch);
    }
}
