using System.Runtime.CompilerServices;

namespace Sundry.Compute;

/// <summary>
/// Sums of a few rows of a wide table that lies in blocks of columns, so that what many rows add up of one block stays in the cache: block after block, in each all rows of the table, the last block filled up with
/// zeros to whole vectors of eight.
/// </summary>
internal static unsafe class BlockedSums
{
    /// <summary>Columns of a block.</summary>
    public const int Block = 64;

    private const int Together = 8;

    /// <summary>Floats of a row of the table.</summary>
    public static int Padded(int width) => (width + Together - 1) / Together * Together;

    /// <summary>Floats from one row of a block to the next; the block begins at a column that is a multiple of <see cref="Block"/>.</summary>
    public static int Stride(int width, int start) => Math.Min(Block, Padded(width) - start);

    /// <summary>y[r] += the table's rows that r names, and then relu where it is wanted, in columns [from, to).</summary>
    /// <param name="y">[rows, width], row stride <paramref name="ldy"/>.</param>
    /// <param name="ldy">Floats from one row of y to the next.</param>
    /// <param name="from">The first column.</param>
    /// <param name="to">The column behind the last.</param>
    /// <param name="table">The table.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="tableRows">Its rows.</param>
    /// <param name="named">[rows, count] which rows of the table, row stride <paramref name="ldn"/>.</param>
    /// <param name="ldn">Numbers from one row of these to the next.</param>
    /// <param name="count">How many a row of y names.</param>
    /// <param name="rows">Rows of y.</param>
    /// <param name="relu">Whether what is negative becomes 0 in the end.</param>
    public static void Add(float* y, int ldy, int from, int to, float* table, int width, int tableRows, int* named, int ldn, int count, int rows, bool relu)
    {
        if (Simd.Bits == 512) Add<V512>(y, ldy, from, to, table, width, tableRows, named, ldn, count, rows, relu);
        else if (Simd.Bits == 256) Add<V256>(y, ldy, from, to, table, width, tableRows, named, ldn, count, rows, relu);
        else if (Simd.Bits == 128) Add<V128>(y, ldy, from, to, table, width, tableRows, named, ldn, count, rows, relu);
        else Add<V1>(y, ldy, from, to, table, width, tableRows, named, ldn, count, rows, relu);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<V>(float* y, nint ldy, int from, int to, float* table, int width, nint tableRows, int* named, nint ldn, int count, int rows, bool relu) where V : struct, IVector<V>
    {
        for (var start = from / Block * Block; start < to; start += Block)
        {
            int first = Math.Max(from - start, 0), columns = Math.Min(Block, to - start);
            nint stride = Stride(width, start);
            var block = table + tableRows * start;
            for (var r = 0; r < rows; r++)
            {
                var sum = y + r * ldy + start;
                var rowsOf = named + r * ldn;
                var c = first;
                for (; c <= columns - 4 * V.Count; c += 4 * V.Count)
                {
                    V a0 = V.Load(sum + c), a1 = V.Load(sum + c + V.Count), a2 = V.Load(sum + c + 2 * V.Count), a3 = V.Load(sum + c + 3 * V.Count);
                    for (var i = 0; i < count; i++)
                    {
                        var row = block + rowsOf[i] * stride + c;
                        a0 += V.Load(row);
                        a1 += V.Load(row + V.Count);
                        a2 += V.Load(row + 2 * V.Count);
                        a3 += V.Load(row + 3 * V.Count);
                    }

                    V.Store(Bent(a0, relu), sum + c);
                    V.Store(Bent(a1, relu), sum + c + V.Count);
                    V.Store(Bent(a2, relu), sum + c + 2 * V.Count);
                    V.Store(Bent(a3, relu), sum + c + 3 * V.Count);
                }

                for (; c < columns; c += V.Count)
                {
                    var a = Part.Load<V>(sum + c, columns - c);
                    for (var i = 0; i < count; i++) a += Part.Load<V>(block + rowsOf[i] * stride + c, columns - c);
                    Part.Store(Bent(a, relu), sum + c, columns - c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Bent<V>(V a, bool relu) where V : struct, IVector<V> => relu ? VectorMath.Relu(a) : a;
}
