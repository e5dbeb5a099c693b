using System.Numerics;

namespace Sundry.Compute;

/// <summary>
/// Rows whose bounds are above the threshold, on the way to their scores: their low halves are asked for when a row comes in and read some rows later, so that a
/// scan goes on while memory answers. They come out in the order in which they came in.
/// </summary>
internal sealed unsafe class NearRows
{
    // a threshold rises when scores are known: with many rows waiting, others would come in for nothing
    private const int Batch = 64;
    private readonly Row[] _rows = new Row[Batch + Prefetch.Ahead + ByteBlock.Rows];
    private int _count;

    /// <summary>Whether there are so many that the first should be completed.</summary>
    public bool Full => _count >= Batch + Prefetch.Ahead;

    /// <summary>Takes rows of a block.</summary>
    /// <param name="first">The block's first row.</param>
    /// <param name="rows">A bit for each row that comes in.</param>
    /// <param name="sums">The sums of the block's rows by their high halves.</param>
    /// <param name="scales">The block's scales.</param>
    /// <param name="low">The block's low part.</param>
    /// <param name="rowBytes">Bytes of a row's low halves.</param>
    public void Add(int first, uint rows, int* sums, float* scales, byte* low, int rowBytes)
    {
        for (; rows != 0; rows &= rows - 1)
        {
            var i = BitOperations.TrailingZeroCount(rows);
            var halves = low + i * rowBytes;
            Prefetch.Row((float*)halves, rowBytes / sizeof(float));
            _rows[_count++] = new(halves, first + i, sums[i], scales[i]);
        }
    }

    /// <summary>Gives the rows their scores, and those above the threshold to the best.</summary>
    /// <param name="query">The query.</param>
    /// <param name="top">The best.</param>
    /// <param name="all">Also the rows that came in last, whose low halves may still be on their way.</param>
    /// <returns>How many rows were completed.</returns>
    public int Complete<TProducts>(in ByteQuery query, TopRows top, bool all) where TProducts : struct, IByteProducts
    {
        var count = all ? _count : Math.Max(0, _count - Prefetch.Ahead);
        foreach (ref readonly var row in _rows.AsSpan(0, count)) top.Add(row.Number, (16 * row.Sum + TProducts.Low(row.Low, query)) * row.Scale);

        _rows.AsSpan(count, _count - count).CopyTo(_rows);
        _count -= count;
        return count;
    }

    private readonly struct Row(byte* low, int number, int sum, float scale)
    {
        public byte* Low { get; } = low;

        public int Number { get; } = number;

        public int Sum { get; } = sum;

        public float Scale { get; } = scale;
    }
}
