using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sundry.Compute;

/// <summary>The inputs of one batch, copied beside the plan's own memory so that every shard reads them in place.</summary>
internal sealed unsafe class PlanInputs : IDisposable
{
    private readonly int _capacity;
    private readonly AlignedBlock?[] _dense;
    private readonly AlignedBlock[] _ids;
    private readonly AlignedBlock[] _bagOffsets;
    private readonly AlignedBlock[] _bagIds;
    private readonly AlignedBlock?[] _bagWeights;
    private readonly int[] _bagRows;

    public PlanInputs(Graph graph, int capacity)
    {
        _capacity = capacity;
        _dense = [.. graph.Ops.Select(o => o is InputOp ? new AlignedBlock((long)capacity * o.Width) : null)];
        _ids = [.. graph.IdInputs.Select(i => new AlignedBlock((long)capacity * i.Fields))];
        _bagOffsets = [.. graph.BagInputs.Select(_ => new AlignedBlock(capacity + 1))];
        _bagIds = [.. graph.BagInputs.Select(_ => new AlignedBlock(capacity))];
        _bagWeights = [.. graph.BagInputs.Select(b => b.Weighted ? new AlignedBlock(capacity) : null)];
        _bagRows = [.. graph.BagInputs.Select(_ => capacity)];
    }

    public float* Dense(Node node) => _dense[node.Index]!.Pointer;

    public int* Ids(IdNode node) => (int*)_ids[node.Index].Pointer;

    public int* BagOffsets(BagNode node) => (int*)_bagOffsets[node.Index].Pointer;

    public int* BagIds(BagNode node) => (int*)_bagIds[node.Index].Pointer;

    /// <summary>The weights beside <see cref="BagIds"/>; null where the bag has none.</summary>
    public float* BagWeights(BagNode node) => _bagWeights[node.Index] is { } weights ? weights.Pointer : null;

    /// <summary>Rows that a bag was set for; a bag never set is empty in every row.</summary>
    public int BagRows(BagNode node) => _bagRows[node.Index];

    /// <summary>What a bag was set to.</summary>
    public (int[] Offsets, int[] Ids) Bag(BagNode node)
    {
        var offsets = new ReadOnlySpan<int>(BagOffsets(node), BagRows(node) + 1).ToArray();
        return (offsets, new ReadOnlySpan<int>(BagIds(node), offsets[^1]).ToArray());
    }

    /// <summary>Where the caller writes a dense input: [capacity, width].</summary>
    public Span<float> DenseSpan(Node node)
    {
        if (node.Op is not InputOp) throw new ArgumentException($"'{node}' is not an input", nameof(node));
        return new(Dense(node), _capacity * node.Width);
    }

    /// <summary>Where the caller writes an id input: [capacity, fields].</summary>
    public Span<int> IdSpan(IdNode node) => new(Ids(node), _capacity * node.Fields);

    /// <summary>Copies a bag input: <paramref name="offsets"/> [rows + 1] start at 0 and never fall; a weighted one has as many <paramref name="weights"/> as ids.</summary>
    public void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids, ReadOnlySpan<float> weights)
    {
        if (weights.Length != (node.Weighted ? ids.Length : 0)) throw new ArgumentException($"'{node.Name}' has {ids.Length} ids and {weights.Length} weights", nameof(weights));
        if (offsets.Length > _capacity + 1) throw new ArgumentException($"{offsets.Length - 1} rows exceed the plan's {_capacity}", nameof(offsets));
        if (offsets.IsEmpty || offsets[0] != 0) throw new ArgumentException($"the offsets of '{node.Name}' do not begin with 0", nameof(offsets));
        for (var row = 1; row < offsets.Length; row++)
            if (offsets[row] < offsets[row - 1])
                throw new ArgumentException($"the offsets of '{node.Name}' fall in row {row - 1}", nameof(offsets));
        if (offsets[^1] > ids.Length) throw new ArgumentException($"the offsets of '{node.Name}' end at {offsets[^1]}, beyond its {ids.Length} ids", nameof(offsets));
        offsets.CopyTo(MemoryMarshal.CreateSpan(ref *BagOffsets(node), _capacity + 1));
        if (ids.Length > _bagIds[node.Index].Length)
        {
            _bagIds[node.Index].Dispose();
            _bagIds[node.Index] = new AlignedBlock(ids.Length * 2L);
            if (node.Weighted)
            {
                _bagWeights[node.Index]!.Dispose();
                _bagWeights[node.Index] = new AlignedBlock(ids.Length * 2L);
            }
        }

        ids.CopyTo(MemoryMarshal.CreateSpan(ref *BagIds(node), ids.Length));
        if (node.Weighted) weights.CopyTo(new Span<float>(BagWeights(node), ids.Length));
        _bagRows[node.Index] = offsets.Length - 1;
    }

    /// <summary>Repeats what the rows share in all of them, as the first has it; of the bags those of <paramref name="bags"/>. The others are left alone: what reads them is computed for the first row.</summary>
    public void Repeat(SharedInputs shared, IReadOnlyList<BagNode> bags, int rows)
    {
        for (var b = 0; b < bags.Count; b++) Repeat(bags[b], rows);
        foreach (var (node, fields) in shared.Ids)
            for (var field = 0; field < fields.Length; field++)
                if (fields[field])
                    for (var row = 1; row < rows; row++)
                        Ids(node)[(long)row * fields.Length + field] = Ids(node)[field];
        foreach (var (node, columns) in shared.Dense)
            for (var column = 0; column < columns.Length; column++)
                if (columns[column])
                    for (var row = 1; row < rows; row++)
                        Dense(node)[(long)row * columns.Length + column] = Dense(node)[column];
    }

    private void Repeat(BagNode bag, int rows)
    {
        if (BagRows(bag) == 0) return;
        var offsets = BagOffsets(bag);
        var length = offsets[1];
        var ids = _bagIds[bag.Index];
        if ((long)length * rows > ids.Length)
        {
            ids = new AlignedBlock((long)length * rows * 2);
            Buffer.MemoryCopy(BagIds(bag), ids.Pointer, ids.Length * sizeof(int), (long)length * sizeof(int));
            _bagIds[bag.Index].Dispose();
            _bagIds[bag.Index] = ids;
        }

        for (var row = 1; row < rows; row++)
        {
            Buffer.MemoryCopy(ids.Pointer, ids.Pointer + (long)row * length, (long)length * sizeof(int), (long)length * sizeof(int));
            offsets[row + 1] = (row + 1) * length;
        }

        _bagRows[bag.Index] = Math.Max(rows, 1);
    }

    /// <summary>Refuses an id that no row of its table has, before any shard reads through it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Check(ReadOnlySpan<int> ids, Table table, string input)
    {
        var greatest = 0u;
        foreach (var id in ids) greatest = Math.Max(greatest, (uint)id);
        if (greatest < (uint)table.Rows) return;
        foreach (var id in ids)
            if ((uint)id >= (uint)table.Rows)
                throw new ArgumentOutOfRangeException(nameof(ids), $"'{input}' holds id {id}; table '{table.Name}' has {table.Rows} rows");
    }

    public void Dispose()
    {
        foreach (var block in _dense) block?.Dispose();
        foreach (var block in _ids) block.Dispose();
        foreach (var block in _bagOffsets) block.Dispose();
        foreach (var block in _bagIds) block.Dispose();
        foreach (var block in _bagWeights) block?.Dispose();
    }
}
