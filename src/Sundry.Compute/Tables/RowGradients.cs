using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sundry.Compute;

/// <summary>
/// The gradients of the rows of one table that a batch touched, equal rows merged. It keeps the rows of one partition only, so that
/// several threads can merge side by side; a row's contributions are added in the order of the batch whatever the number of partitions.
/// </summary>
internal sealed unsafe class RowGradients : IDisposable
{
    /// <summary>A table of no more rows than this has a place for each of them, which is faster found than a hashed one.</summary>
    private const int MostDirect = 1 << 15;

    private readonly int _partition;
    private readonly int _partitions;
    private readonly int _copies;
    private readonly int _width;
    private Place[] _places;
    private readonly bool _direct;
    private int[] _rows = new int[32];
    private int[] _taken = [];
    private float* _gradients;
    private int _stamp = 1;

    /// <param name="table">The table.</param>
    /// <param name="partition">Which rows of it are kept here.</param>
    /// <param name="partitions">Of how many.</param>
    /// <param name="copies">Gradients that are kept of each row, side by side.</param>
    public RowGradients(Table table, int partition, int partitions, int copies = 1)
    {
        Table = table;
        _copies = copies;
        _width = table.Width * copies;
        _direct = table.Rows <= MostDirect;
        _places = new Place[_direct ? (int)BitOperations.RoundUpToPowerOf2((uint)table.Rows) : 64];
        _partition = partition;
        _partitions = partitions;
        _gradients = Allocate(_rows.Length);
    }

    ~RowGradients() => Free();

    public Table Table { get; }

    /// <summary>Which of a row's gradients is added to.</summary>
    public int Copy { get; set; }

    /// <summary>Distinct rows merged since <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    public int Row(int slot) => _rows[slot];

    /// <summary>The rows, by slot.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>The gradients of the row of a slot.</summary>
    public float* Gradient(int slot) => _gradients + (long)slot * _width;

    /// <summary>Whether <paramref name="row"/> belongs to this partition.</summary>
    public bool Takes(int row) => (int)(((ulong)((uint)row * 2654435769u) * (uint)_partitions) >> 32) == _partition;

    public void Clear()
    {
        Count = 0;
        if (++_stamp != int.MaxValue) return;
        Array.Clear(_places);
        _stamp = 1;
    }

    /// <summary>The place to add a row's gradient to: zeros when the row is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float* Slot(int row)
    {
        var gradient = Slot(row, out var isNew);
        if (isNew) new Span<float>(gradient, _width).Clear();
        return gradient + Copy * Table.Width;
    }

    /// <summary>Adds <paramref name="scale"/> × <paramref name="gradient"/> to the gradient of <paramref name="row"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int row, float* gradient, float scale)
    {
        var slot = Slot(row, out var isNew);
        if (isNew && _copies > 1) new Span<float>(slot, _width).Clear();
        slot += Copy * Table.Width;
        if (isNew) EmbeddingRow.Scale(slot, gradient, scale, Table.Width);
        else EmbeddingRow.Add(slot, gradient, scale, Table.Width);
    }

    /// <summary>Adds the gradients [count, width] of those <paramref name="ids"/> that belong to this partition, in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddAll(int* ids, int count, float* gradients)
    {
        if (_taken.Length < count) _taken = new int[count];
        // which partition an id falls to cannot be guessed: written always, counted where it counts
        var taken = 0;
        for (var i = 0; i < count; i++)
        {
            _taken[taken] = i;
            taken += Takes(ids[i]) ? 1 : 0;
        }

        for (var n = 0; n < taken; n++)
        {
            if (n + Prefetch.Ahead < taken) AskFor(ids[_taken[n + Prefetch.Ahead]]);
            Add(ids[_taken[n]], gradients + (long)_taken[n] * Table.Width, 1);
        }
    }

    /// <summary>The inner product of two of the gradients, over all rows.</summary>
    public double Dot(int first, int second)
    {
        var sum = 0.0;
        for (var slot = 0; slot < Count; slot++)
            sum += Elementwise.Dot(Gradient(slot) + first * Table.Width, Gradient(slot) + second * Table.Width, Table.Width);
        return sum;
    }

    /// <summary>Multiplies one of the gradients of every row.</summary>
    public void Scale(int copy, float factor)
    {
        for (var slot = 0; slot < Count; slot++)
        {
            var gradient = Gradient(slot) + copy * Table.Width;
            Elementwise.ScaleTo(gradient, gradient, factor, Table.Width);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float* Slot(int row, out bool isNew)
    {
        var mask = _places.Length - 1;
        var at = First(row);
        for (; _places[at].Stamp == _stamp; at = (at + 1) & mask)
        {
            if (_places[at].Row != row) continue;
            isNew = false;
            return Gradient(_places[at].Slot);
        }

        if (Count == _rows.Length)
        {
            Grow();
            return Slot(row, out isNew);
        }

        _places[at] = new Place { Stamp = _stamp, Row = row, Slot = Count };
        _rows[Count] = row;
        isNew = true;
        return Gradient(Count++);
    }

    private void AskFor(int row) => Prefetch.Line(ref _places[First(row)]);

    // another multiplier than the partition's, whose rows would otherwise crowd into one part of the table
    private int First(int row) => _direct ? row : (int)((uint)row * 2246822519u >> (32 - BitOperations.Log2((uint)_places.Length)));

    // grows with the distinct rows of the largest batch so far, and so stands still after the first steps
    private void Grow()
    {
        var count = Count;
        var rows = _rows;
        var old = _gradients;
        _rows = new int[rows.Length * 2];
        Array.Copy(rows, _rows, count);
        _gradients = Allocate(_rows.Length);
        Buffer.MemoryCopy(old, _gradients, (long)count * _width * sizeof(float), (long)count * _width * sizeof(float));
        NativeMemory.AlignedFree(old);
        if (_direct) return;
        _places = new Place[_rows.Length * 2];
        _stamp = 1;
        var mask = _places.Length - 1;
        for (var slot = 0; slot < count; slot++)
        {
            var at = First(rows[slot]);
            while (_places[at].Stamp == _stamp) at = (at + 1) & mask;
            _places[at] = new Place { Stamp = _stamp, Row = rows[slot], Slot = slot };
        }
    }

    private float* Allocate(int rows) => (float*)NativeMemory.AlignedAlloc(checked((nuint)rows * (nuint)_width * sizeof(float)), 64);

    private void Free()
    {
        if (_gradients is null) return;
        NativeMemory.AlignedFree(_gradients);
        _gradients = null;
    }

    /// <summary>One place of the hash table; taken where its stamp is the present one.</summary>
    private struct Place
    {
        public int Stamp;
        public int Row;
        public int Slot;
    }
}
