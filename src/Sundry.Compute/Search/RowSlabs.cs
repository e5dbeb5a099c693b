using System.Numerics;

namespace Sundry.Compute;

/// <summary>
/// Memory for chunks of rows, each in three parts: the high halves of its bytes, headed by the spreads of its blocks; the low halves; and floats. Chunks lie in places numbered 0,
/// 1, 2 …; a place's memory never moves. Neighbouring places are neighbours in memory part by part, so that a scan of a full table reads straight on through high halves alone.
/// </summary>
internal sealed unsafe class RowSlabs(int width) : IDisposable
{
    /// <summary>Rows of a chunk: what a changed row makes a copy of.</summary>
    public const int ChunkRows = 256;

    /// <summary>Blocks of a chunk.</summary>
    public const int ChunkBlocks = ChunkRows / ByteBlock.Rows;

    // a line of memory for the greatest spread of each block
    private const int HeadBytes = AlignedBlock.Line * sizeof(float);

    // so many chunks that their high halves lie on huge pages
    private const int SlabBytes = 4 << 20;
    private readonly int _slabShift = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(256, SlabBytes / ChunkHighBytes(width) + 1)));
    private readonly Stack<int> _free = [];
    private AlignedBlock[] _highs = [];
    private AlignedBlock[] _lows = [];
    private AlignedBlock[] _floats = [];
    private int _used;

    /// <summary>Bytes of a chunk that every scan reads.</summary>
    public long HighBytes { get; } = ChunkHighBytes(width);

    private int SlabChunks => 1 << _slabShift;

    private long LowBytes { get; } = ChunkBlocks * ByteBlock.LowBytes(width);

    /// <summary>The greatest spreads of the blocks of a place.</summary>
    public float* Spreads(int place) => (float*)At(_highs, place, HighBytes);

    /// <summary>The high part of the first block of a place; those of the others follow.</summary>
    public byte* Highs(int place) => At(_highs, place, HighBytes) + HeadBytes;

    /// <summary>The low part of the first block of a place; those of the others follow.</summary>
    public byte* Lows(int place) => At(_lows, place, LowBytes);

    /// <summary>The rows of a place as floats.</summary>
    public float* Floats(int place) => _floats[place >> _slabShift].Pointer + (long)(place & (SlabChunks - 1)) * ChunkRows * width;

    /// <summary>A place that nobody reads, its content undefined.</summary>
    public int Take()
    {
        if (_free.TryPop(out var place)) return place;
        if (_used == _highs.Length * SlabChunks)
        {
            // readers go on with the lists that they have
            _lows = [.. _lows, new AlignedBlock(SlabChunks * LowBytes / sizeof(float))];
            _floats = [.. _floats, new AlignedBlock((long)SlabChunks * ChunkRows * width)];
            _highs = [.. _highs, new AlignedBlock(SlabChunks * HighBytes / sizeof(float))];
        }

        return _used++;
    }

    /// <summary>Gives a place back that nobody reads any more.</summary>
    public void Return(int place) => _free.Push(place);

    /// <summary>Makes all rows of a place absent.</summary>
    public void Clear(int place)
    {
        new Span<float>(Spreads(place), ChunkBlocks).Clear();
        for (var block = 0; block < ChunkBlocks; block++)
            ByteBlock.Clear(Highs(place) + block * ByteBlock.HighBytes(width), Lows(place) + block * ByteBlock.LowBytes(width), width);
    }

    /// <summary>Whether a place has a row.</summary>
    public bool Has(int place, int row) =>
        !float.IsNaN(ByteBlock.Scales(Highs(place) + row / ByteBlock.Rows * ByteBlock.HighBytes(width), ByteBlock.Strips(width))[row % ByteBlock.Rows]);

    /// <summary>Sets a row of a place, or removes it where there are no floats.</summary>
    public void Write(int place, int row, ReadOnlySpan<float> vector)
    {
        var (block, at) = (row / ByteBlock.Rows, row % ByteBlock.Rows);
        byte* high = Highs(place) + block * ByteBlock.HighBytes(width), low = Lows(place) + block * ByteBlock.LowBytes(width);
        if (vector.IsEmpty)
        {
            ByteBlock.Remove(high, low, ByteBlock.Strips(width), at);
        }
        else
        {
            ByteBlock.Set(high, low, at, vector);
            vector.CopyTo(new Span<float>(Floats(place) + (long)row * width, width));
        }

        Spreads(place)[block] = ByteBlock.Spread(low, ByteBlock.Strips(width));
    }

    /// <summary>Copies a place to another.</summary>
    public void Copy(int from, int to)
    {
        Buffer.MemoryCopy(Spreads(from), Spreads(to), HighBytes, HighBytes);
        Buffer.MemoryCopy(Lows(from), Lows(to), LowBytes, LowBytes);
        var floats = (long)ChunkRows * width * sizeof(float);
        Buffer.MemoryCopy(Floats(from), Floats(to), floats, floats);
    }

    public void Dispose()
    {
        foreach (var block in _highs) block.Dispose();
        foreach (var block in _lows) block.Dispose();
        foreach (var block in _floats) block.Dispose();
    }

    private static int ChunkHighBytes(int width) => HeadBytes + ChunkBlocks * ByteBlock.HighBytes(width);

    private byte* At(AlignedBlock[] parts, int place, long bytes) => (byte*)parts[place >> _slabShift].Pointer + (place & (SlabChunks - 1)) * bytes;
}
