using System.Runtime.InteropServices;

namespace Sundry.Data;

/// <summary>
/// Rows between text and matrix: the text is parsed once, into blocks of columns in a temporary file, which is then read twice, to be fitted and to be encoded.
/// Only one block is in memory.
/// </summary>
internal sealed class ProvisionalFile : IDisposable
{
    /// <summary>Rows in a block.</summary>
    public const int BlockRows = 4096;

    private readonly ProvisionalStream _file;
    private readonly float[]? _weights;
    private readonly long[]? _times;
    private readonly Part[] _parts = new Part[BlockRows];
    private readonly int[] _count = new int[1];
    private long _left;

    /// <summary>Creates an empty file.</summary>
    /// <param name="path">Its path; the file is gone when this is disposed.</param>
    /// <param name="features">The features.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="weights">Whether rows have weights.</param>
    /// <param name="times">Whether rows have times to be split by.</param>
    public ProvisionalFile(string path, FeatureColumn[] features, LabelColumn[] labels, bool weights, bool times)
    {
        _file = new ProvisionalStream(path);
        Features = features;
        Labels = labels;
        if (weights) _weights = new float[BlockRows];
        if (times) _times = new long[BlockRows];
    }

    public FeatureColumn[] Features { get; }

    public LabelColumn[] Labels { get; }

    /// <summary>Rows in the current block.</summary>
    public int Count { get; private set; }

    /// <summary>Rows in the whole file.</summary>
    public long Rows { get; private set; }

    /// <summary>[Count] the rows' parts.</summary>
    public Span<Part> Parts => _parts.AsSpan(0, Count);

    /// <summary>A row's sample weight.</summary>
    public float Weight(int row) => _weights is null ? 1 : _weights[row];

    /// <summary>A row's time, by which it is split.</summary>
    public long Time(int row) => _times![row];

    /// <summary>Ends the row that the columns have collected as row <see cref="Count"/>.</summary>
    public void EndRow(Part part, float weight, long time)
    {
        _parts[Count] = part;
        if (_weights is not null) _weights[Count] = weight;
        if (_times is not null) _times[Count] = time;
        Rows++;
        if (++Count == BlockRows) WriteBlock();
    }

    /// <summary>Writes the last block, after which the file is read.</summary>
    public void EndRows()
    {
        if (Count > 0) WriteBlock();
        Rewind();
    }

    /// <summary>Goes back to the first block.</summary>
    public void Rewind()
    {
        _file.Rewind();
        _left = Rows;
        Count = 0;
    }

    /// <summary>Reads the next block; false after the last.</summary>
    public bool NextBlock()
    {
        if (_left == 0) return false;
        _file.ReadExactly(MemoryMarshal.AsBytes(_count.AsSpan()));
        Count = _count[0];
        _left -= Count;
        _file.ReadExactly(MemoryMarshal.AsBytes(_parts.AsSpan(0, Count)));
        if (_weights is not null) _file.ReadExactly(MemoryMarshal.AsBytes(_weights.AsSpan(0, Count)));
        if (_times is not null) _file.ReadExactly(MemoryMarshal.AsBytes(_times.AsSpan(0, Count)));
        foreach (var label in Labels) label.Read(_file, Count);
        foreach (var feature in Features) feature.Read(_file, Count);
        return true;
    }

    public void Dispose() => _file.Dispose();

    private void WriteBlock()
    {
        _count[0] = Count;
        _file.Write(MemoryMarshal.AsBytes(_count.AsSpan()));
        _file.Write(MemoryMarshal.AsBytes(_parts.AsSpan(0, Count)));
        if (_weights is not null) _file.Write(MemoryMarshal.AsBytes(_weights.AsSpan(0, Count)));
        if (_times is not null) _file.Write(MemoryMarshal.AsBytes(_times.AsSpan(0, Count)));
        foreach (var label in Labels) label.Write(_file, Count);
        foreach (var feature in Features) feature.Write(_file, Count);
        Count = 0;
    }
}
