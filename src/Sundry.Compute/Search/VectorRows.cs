using System.Runtime.InteropServices;

namespace Sundry.Compute;

/// <summary>
/// Rows of D floats, numbered 0, 1, 2 … with gaps allowed, kept twice: as bytes with a scale a row, whose high halves a <see cref="RowSearch"/> scans, and as floats,
/// which have the last word on the best of them. A change copies the chunks of 256 rows that it touches and publishes a new version whole: readers
/// take no lock, see all of a change or nothing, and the copies they no longer need are used again. Changes go one after the other.
/// </summary>
public sealed unsafe class VectorRows : IDisposable
{
    /// <summary>The most columns.</summary>
    public const int MostColumns = 1024;

    /// <summary>The most rows, absent ones included.</summary>
    public const int MostRows = 1 << 28;

    private readonly Lock _changing = new();
    private readonly RowSlabs _slabs;
    private readonly ReaderMarks _marks = new();
    private readonly Queue<(int Place, long Version)> _retired = [];
    private Version _current = new(1, [], 0);
    private bool _disposed;

    /// <summary>Creates it without rows.</summary>
    /// <param name="width">D, the floats of a row: 1 to <see cref="MostColumns"/>.</param>
    public VectorRows(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MostColumns);
        Width = width;
        _slabs = new RowSlabs(width);
    }

    /// <summary>D, the floats of a row.</summary>
    public int Width { get; }

    /// <summary>How many rows there are, absent ones left out.</summary>
    public int Count => Volatile.Read(ref _current).Count;

    /// <summary>Bytes that every scan of all rows reads: the high halves and the scales. What it reads of low halves depends on the query: <see cref="RowSearch.LowBytes"/>.</summary>
    public long ScanBytes => Volatile.Read(ref _current).Chunks.Count(c => c >= 0) * _slabs.HighBytes;

    /// <summary>Sets a row, new or there before.</summary>
    /// <exception cref="ArgumentException">The row has another width, or holds what is no finite number.</exception>
    public void Set(int row, ReadOnlySpan<float> vector) => Set([row], vector);

    /// <summary>Sets rows, all in one version; much cheaper than one by one where rows are neighbours.</summary>
    /// <param name="rows">Their numbers, from 0; of one named twice the last counts.</param>
    /// <param name="vectors">[rows × D] their floats.</param>
    /// <exception cref="ArgumentException">The lengths do not agree, a number is out of range, or a float is not finite; then nothing has changed.</exception>
    public void Set(ReadOnlySpan<int> rows, ReadOnlySpan<float> vectors)
    {
        Check(rows);
        if (vectors.Length != (long)rows.Length * Width) throw new ArgumentException($"{rows.Length} rows of {Width} floats are not {vectors.Length} floats", nameof(vectors));
        foreach (var x in vectors)
            if (!float.IsFinite(x)) throw new ArgumentException("a vector holds what is not a finite number", nameof(vectors));
        Change(rows, vectors);
    }

    /// <summary>Removes rows; those that are absent stay so.</summary>
    public void Remove(params ReadOnlySpan<int> rows)
    {
        Check(rows);
        Change(rows, default);
    }

    /// <summary>Copies a row's floats; false where it is absent.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="into">[D] takes the floats.</param>
    public bool TryRead(int row, Span<float> into)
    {
        using var reading = Read();
        if (!reading.Has(row)) return false;
        new ReadOnlySpan<float>(reading.Floats(row), Width).CopyTo(into);
        return true;
    }

    /// <summary>Frees the memory once nobody reads any more.</summary>
    public void Dispose()
    {
        lock (_changing)
        {
            if (_disposed) return;
            _disposed = true;
            var last = new Version(_current.Number + 1, [], 0);
            Volatile.Write(ref _current, last);
            SpinWait.SpinUntil(() => _marks.Oldest(last.Number) == last.Number);
            _slabs.Dispose();
        }
    }

    /// <summary>The present version, held until it is disposed of.</summary>
    internal Reading Read()
    {
        var version = Volatile.Read(ref _current);
        var mark = _marks.Claim(version.Number);
        // what was retired between the look and the mark may be in use again already
        for (Version now; (now = Volatile.Read(ref _current)) != version; version = now) _marks.Move(mark, now.Number);
        return new Reading(this, version, mark);
    }

    private static void Check(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
            if ((uint)row >= MostRows) throw new ArgumentOutOfRangeException(nameof(rows), row, $"rows are numbered from 0 to {MostRows - 1}");
    }

    private void Change(ReadOnlySpan<int> rows, ReadOnlySpan<float> vectors)
    {
        if (rows.IsEmpty) return;
        lock (_changing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Reclaim();
            var (old, next) = (_current, _current.Number + 1);
            var last = 0;
            foreach (var row in rows) last = Math.Max(last, row);
            var chunks = new int[Math.Max(old.Chunks.Length, vectors.IsEmpty ? 0 : last / RowSlabs.ChunkRows + 1)];
            Array.Fill(chunks, -1, old.Chunks.Length, chunks.Length - old.Chunks.Length);
            old.Chunks.CopyTo(chunks, 0);
            var (count, copied) = (old.Count, new List<int>());
            for (var i = 0; i < rows.Length; i++)
            {
                var chunk = rows[i] / RowSlabs.ChunkRows;
                if (vectors.IsEmpty && (chunk >= chunks.Length || chunks[chunk] < 0)) continue;
                Own(chunks, chunk, old, copied);
                count += Write(chunks[chunk], rows[i] % RowSlabs.ChunkRows, vectors.IsEmpty ? default : vectors.Slice(i * Width, Width));
            }

            Volatile.Write(ref _current, new Version(next, chunks, count));
            // not before: a change that memory ran out for leaves the present version in use
            foreach (var place in copied) _retired.Enqueue((place, next));
        }
    }

    /// <summary>Makes a chunk one that no reader sees.</summary>
    private void Own(int[] chunks, int chunk, Version old, List<int> copied)
    {
        var before = chunk < old.Chunks.Length ? old.Chunks[chunk] : -1;
        if (chunks[chunk] != before) return;
        var place = _slabs.Take();
        if (before < 0)
        {
            _slabs.Clear(place);
        }
        else
        {
            _slabs.Copy(before, place);
            copied.Add(before);
        }

        chunks[chunk] = place;
    }

    /// <summary>Writes or empties a row; returns by how many the rows have grown.</summary>
    private int Write(int place, int row, ReadOnlySpan<float> vector)
    {
        var had = _slabs.Has(place, row);
        _slabs.Write(place, row, vector);
        return (vector.IsEmpty ? 0 : 1) - (had ? 1 : 0);
    }

    private void Reclaim()
    {
        if (_retired.Count == 0) return;
        var oldest = _marks.Oldest(_current.Number);
        while (_retired.TryPeek(out var first) && first.Version <= oldest) _slabs.Return(_retired.Dequeue().Place);
    }

    /// <summary>A version of the rows: for each chunk its place, or -1.</summary>
    internal sealed record Version(long Number, int[] Chunks, int Count);

    /// <summary>A version that stays as it is while it is read.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly ref struct Reading(VectorRows rows, Version version, int mark)
    {
        public int Chunks => version.Chunks.Length;

        /// <summary>The greatest spreads of a chunk's blocks; null where it has no rows.</summary>
        public float* Spreads(int chunk) => version.Chunks[chunk] is >= 0 and var place ? rows._slabs.Spreads(place) : null;

        /// <summary>The high parts of a chunk's blocks, one after the other.</summary>
        public byte* Highs(int chunk) => rows._slabs.Highs(version.Chunks[chunk]);

        /// <summary>The low parts of a chunk's blocks, one after the other.</summary>
        public byte* Lows(int chunk) => rows._slabs.Lows(version.Chunks[chunk]);

        public bool Has(int row) =>
            (uint)row < (uint)(version.Chunks.Length * RowSlabs.ChunkRows)
            && version.Chunks[row / RowSlabs.ChunkRows] is >= 0 and var place
            && rows._slabs.Has(place, row % RowSlabs.ChunkRows);

        public float* Floats(int row) => rows._slabs.Floats(version.Chunks[row / RowSlabs.ChunkRows]) + (long)(row % RowSlabs.ChunkRows) * rows.Width;

        public void Dispose() => rows._marks.Free(mark);
    }
}
