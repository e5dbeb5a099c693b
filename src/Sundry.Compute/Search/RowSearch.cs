using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sundry.Compute;

/// <summary>
/// Finds the rows with the greatest products with a query: of all rows the best by their bytes, <see cref="Oversampling"/> times as many as are wanted, are
/// ordered by their floats. A scan reads the high halves of the bytes, which bound a row's product; the low halves only of rows whose bound
/// is above the threshold, so it finds what reading all bytes would. It keeps its buffers from search to search and allocates nothing once they have their size; one thread
/// at a time. The answer depends on nothing but the rows and the query: equal products go to the lower row.
/// </summary>
public sealed unsafe class RowSearch
{
    private sbyte[] _query = [];
    private ByteQuery[] _queries = [];
    private ulong[] _best = [];
    private TopRows[] _tops = [];
    private NearRows[] _nears = [];

    /// <summary>Rows whose floats are looked at for each row that is wanted.</summary>
    /// <value>Default: 2.</value>
    public double Oversampling { get; init; } = 2;

    /// <summary>Bytes that the last search read of low halves, beside the <see cref="VectorRows.ScanBytes"/>: more the more rows come near the best.</summary>
    public long LowBytes { get; private set; }

    /// <summary>Finds the best rows of one query, or of several, which a scan then serves together.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="queries">[queries × D] finite numbers.</param>
    /// <param name="top">How many rows each query wants, from 1.</param>
    /// <param name="allowed">A bit a row, 64 a word, the first in the lowest bit; rows without a bit, or behind the last word, are skipped. Empty: all are allowed.</param>
    /// <param name="found">[queries × top] takes the rows, best first.</param>
    /// <param name="scores">[queries × top] takes their products.</param>
    /// <returns>How many rows each query got: <paramref name="top"/>, or all that are there and allowed.</returns>
    /// <exception cref="ArgumentException">The lengths do not agree, or a query holds what is no finite number.</exception>
    public int Find(VectorRows rows, ReadOnlySpan<float> queries, int top, ReadOnlySpan<ulong> allowed, Span<int> found, Span<float> scores)
    {
        var count = queries.Length / rows.Width;
        if (count == 0 || count * rows.Width != queries.Length) throw new ArgumentException($"{queries.Length} floats are no queries of {rows.Width}", nameof(queries));
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        if (found.Length < (long)count * top || scores.Length < (long)count * top) throw new ArgumentException($"{count} queries for {top} rows need room for {(long)count * top}", nameof(found));
        foreach (var x in queries)
            if (!float.IsFinite(x)) throw new ArgumentException("a query holds what is not a finite number", nameof(queries));
        var keep = (int)Math.Clamp(Math.Ceiling(top * Oversampling), top, VectorRows.MostRows);
        Prepare(queries, count, rows.Width, keep);
        using var reading = rows.Read();
        if (Simd.Bits >= 256 && Avx2.IsSupported) Scan<ByteProducts.Wide>(reading, rows.Width, count, allowed);
        else if (Simd.Bits >= 128) Scan<ByteProducts.Narrow>(reading, rows.Width, count, allowed);
        else Scan<ByteProducts.Scalar>(reading, rows.Width, count, allowed);
        var most = 0;
        for (var q = 0; q < count; q++)
            most = Rank(reading, queries.Slice(q * rows.Width, rows.Width), _tops[q], top, found[(q * top)..], scores[(q * top)..]);
        return most;
    }

    private void Prepare(ReadOnlySpan<float> queries, int count, int width, int keep)
    {
        var bytes = ByteQuery.Bytes(ByteBlock.Strips(width));
        if (_query.Length < count * bytes) _query = new sbyte[count * bytes];
        if (_queries.Length < count) _queries = new ByteQuery[count];
        if (_tops.Length < count)
        {
            _tops = [.. _tops, .. Enumerable.Range(_tops.Length, count - _tops.Length).Select(_ => new TopRows())];
            _nears = [.. _nears, .. Enumerable.Range(_nears.Length, count - _nears.Length).Select(_ => new NearRows())];
        }

        fixed (sbyte* query = _query)
        {
            for (var q = 0; q < count; q++)
            {
                ByteQuery.Write(queries.Slice(q * width, width), query + q * bytes);
                _tops[q].Start(keep);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan<TProducts>(VectorRows.Reading reading, int width, int count, ReadOnlySpan<ulong> allowed) where TProducts : struct, IByteProducts
    {
        var (strips, highBytes, lowBytes, rowBytes) = (ByteBlock.Strips(width), ByteBlock.HighBytes(width), ByteBlock.LowBytes(width), ByteBlock.LowRowBytes(width));
        var sums = stackalloc int[ByteBlock.Rows];
        var all = allowed.IsEmpty;
        var completed = 0L;
        fixed (sbyte* bytes = _query)
        {
            for (var q = 0; q < count; q++) _queries[q] = new ByteQuery(bytes + q * ByteQuery.Bytes(strips), strips);
            for (var chunk = 0; chunk < reading.Chunks; chunk++)
            {
                var spreads = reading.Spreads(chunk);
                if (spreads is null) continue;
                byte* high = reading.Highs(chunk), low = reading.Lows(chunk);
                var row = chunk * RowSlabs.ChunkRows;
                for (var block = 0; block < RowSlabs.ChunkBlocks; block++, row += ByteBlock.Rows, high += highBytes, low += lowBytes)
                {
                    var may = all ? uint.MaxValue : row / 64 < allowed.Length ? (uint)(allowed[row / 64] >> (row & 32)) : 0;
                    if (may == 0) continue;
                    for (var q = 0; q < count; q++)
                    {
                        var near = may & TProducts.Near(high, _queries[q], spreads[block], _tops[q].Threshold, sums);
                        if (near == 0) continue;
                        _nears[q].Add(row, near, sums, ByteBlock.Scales(high, strips), low, rowBytes);
                        if (_nears[q].Full) completed += _nears[q].Complete<TProducts>(_queries[q], _tops[q], all: false);
                    }
                }
            }

            for (var q = 0; q < count; q++) completed += _nears[q].Complete<TProducts>(_queries[q], _tops[q], all: true);
        }

        LowBytes = completed * rowBytes;
    }

    private int Rank(VectorRows.Reading reading, ReadOnlySpan<float> query, TopRows top, int wanted, Span<int> found, Span<float> scores)
    {
        top.Finish();
        var keys = top.Keys;
        if (_best.Length < keys.Length) _best = new ulong[keys.Length];
        var best = _best.AsSpan(0, keys.Length);
        fixed (float* q = query)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                if (i + Prefetch.Ahead < keys.Length) Prefetch.Row(reading.Floats(TopRows.Row(keys[i + Prefetch.Ahead])), query.Length);
                var row = TopRows.Row(keys[i]);
                best[i] = TopRows.Key(Dots.Of(q, reading.Floats(row), query.Length), row);
            }
        }

        best.Sort();
        best.Reverse();
        var count = Math.Min(wanted, best.Length);
        for (var i = 0; i < count; i++) (found[i], scores[i]) = (TopRows.Row(best[i]), TopRows.Score(best[i]));
        return count;
    }
}
