using System.Numerics;
using System.Runtime.InteropServices;

namespace Sundry.Compute;

/// <summary>
/// The gradients of the rows of one table that a batch touched, equal rows merged. It keeps the rows of one partition only, so that
/// several threads can merge side by side; a row's contributions are added in the order of the batch whatever the number of partitions.
/// </summary>
internal sealed unsafe class RowGradients : IDisposable
{
    private readonly int _partition;
    private readonly int _partitions;
    private int[] _keys = new int[64];
    private int[] _slots = new int[64];
    private int[] _stamps = new int[64];
    private int[] _rows = new int[32];
    private float* _gradients;
    private int _stamp = 1;

    public RowGradients(Table table, int partition, int partitions)
    {
        Table = table;
        _partition = partition;
        _partitions = partitions;
        _gradients = Allocate(_rows.Length);
    }

    ~RowGradients() => Free();

    public Table Table { get; }

    /// <summary>Distinct rows merged since <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    public int Row(int slot) => _rows[slot];

    public float* Gradient(int slot) => _gradients + (long)slot * Table.Width;

    /// <summary>Whether <paramref name="row"/> belongs to this partition.</summary>
    public bool Takes(int row) => (int)(((ulong)((uint)row * 2654435769u) * (uint)_partitions) >> 32) == _partition;

    public void Clear()
    {
        Count = 0;
        if (++_stamp != int.MaxValue) return;
        Array.Clear(_stamps);
        _stamp = 1;
    }

    /// <summary>The place to add a row's gradient to: zeros when the row is new.</summary>
    public float* Slot(int row)
    {
        var mask = _keys.Length - 1;
        var at = Place(row);
        while (_stamps[at] == _stamp)
        {
            if (_keys[at] == row) return Gradient(_slots[at]);
            at = (at + 1) & mask;
        }

        if (Count == _rows.Length)
        {
            Grow();
            return Slot(row);
        }

        _stamps[at] = _stamp;
        _keys[at] = row;
        _slots[at] = Count;
        _rows[Count] = row;
        var gradient = Gradient(Count++);
        new Span<float>(gradient, Table.Width).Clear();
        return gradient;
    }

    /// <summary>Adds <paramref name="scale"/> × <paramref name="gradient"/> to the gradient of <paramref name="row"/>.</summary>
    public void Add(int row, float* gradient, float scale)
    {
        EmbeddingRow.Add(Slot(row), gradient, scale, Table.Width);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    // another multiplier than the partition's, whose rows would otherwise crowd into one part of the table
    private int Place(int row) => (int)((uint)row * 2246822519u >> (32 - BitOperations.Log2((uint)_keys.Length)));

    // grows with the distinct rows of the largest batch so far, and so stands still after the first steps
    private void Grow()
    {
        var count = Count;
        var rows = _rows;
        var old = _gradients;
        _rows = new int[rows.Length * 2];
        Array.Copy(rows, _rows, count);
        _gradients = Allocate(_rows.Length);
        Buffer.MemoryCopy(old, _gradients, (long)count * Table.Width * sizeof(float), (long)count * Table.Width * sizeof(float));
        NativeMemory.AlignedFree(old);
        _keys = new int[_rows.Length * 2];
        _slots = new int[_keys.Length];
        _stamps = new int[_keys.Length];
        _stamp = 1;
        var mask = _keys.Length - 1;
        for (var slot = 0; slot < count; slot++)
        {
            var at = Place(rows[slot]);
            while (_stamps[at] == _stamp) at = (at + 1) & mask;
            _stamps[at] = _stamp;
            _keys[at] = rows[slot];
            _slots[at] = slot;
        }
    }

    private float* Allocate(int rows) => (float*)NativeMemory.AlignedAlloc(checked((nuint)rows * (nuint)Table.Width * sizeof(float)), 64);

    private void Free()
    {
        if (_gradients is null) return;
        NativeMemory.AlignedFree(_gradients);
        _gradients = null;
    }
}
