namespace Sundry.Compute;

/// <summary>
/// Memory for chunks of rows, each as bytes and as floats, in places numbered 0, 1, 2 …; a place's memory never moves. Neighbouring places are
/// neighbours in memory, so that a scan of a full table reads straight on.
/// </summary>
internal sealed unsafe class RowSlabs(int width) : IDisposable
{
    /// <summary>Rows of a chunk: what a changed row makes a copy of.</summary>
    public const int ChunkRows = 256;

    /// <summary>Blocks of a chunk.</summary>
    public const int ChunkBlocks = ChunkRows / ByteBlock.Rows;

    private const int SlabChunks = 256;
    private readonly int _blockBytes = ByteBlock.Bytes(width);
    private readonly Stack<int> _free = [];
    private AlignedBlock[] _bytes = [];
    private AlignedBlock[] _floats = [];
    private int _used;

    /// <summary>The blocks of a place.</summary>
    public sbyte* Blocks(int place) => (sbyte*)_bytes[place / SlabChunks].Pointer + (long)(place % SlabChunks) * ChunkBlocks * _blockBytes;

    /// <summary>The rows of a place as floats.</summary>
    public float* Floats(int place) => _floats[place / SlabChunks].Pointer + (long)(place % SlabChunks) * ChunkRows * width;

    /// <summary>A place that nobody reads, its content undefined.</summary>
    public int Take()
    {
        if (_free.TryPop(out var place)) return place;
        if (_used == _bytes.Length * SlabChunks)
        {
            // readers go on with the lists that they have
            _bytes = [.. _bytes, new AlignedBlock((long)SlabChunks * ChunkBlocks * _blockBytes / sizeof(float))];
            _floats = [.. _floats, new AlignedBlock((long)SlabChunks * ChunkRows * width)];
        }

        return _used++;
    }

    /// <summary>Gives a place back that nobody reads any more.</summary>
    public void Return(int place) => _free.Push(place);

    /// <summary>Makes all rows of a place absent.</summary>
    public void Clear(int place)
    {
        for (var block = 0; block < ChunkBlocks; block++) ByteBlock.Clear(Blocks(place) + block * _blockBytes, width);
    }

    /// <summary>Copies a place to another.</summary>
    public void Copy(int from, int to)
    {
        var bytes = (long)ChunkBlocks * _blockBytes;
        Buffer.MemoryCopy(Blocks(from), Blocks(to), bytes, bytes);
        var floats = (long)ChunkRows * width * sizeof(float);
        Buffer.MemoryCopy(Floats(from), Floats(to), floats, floats);
    }

    public void Dispose()
    {
        foreach (var block in _bytes) block.Dispose();
        foreach (var block in _floats) block.Dispose();
    }
}
