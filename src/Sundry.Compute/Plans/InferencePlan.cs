namespace Sundry.Compute;

/// <summary>
/// Computes nodes of a graph from given weights: dropout off, batch norm by its running statistics, weights packed once and kept until the
/// store says that they changed, a norm's constants among them. A call allocates nothing.
/// </summary>
public sealed class InferencePlan : IDisposable
{
    private readonly ShardedRun _run;
    private readonly SharedInputs? _shared;
    private readonly BagNode[] _repeated;

    /// <summary>Lays out the memory for up to <paramref name="capacity"/> rows a call.</summary>
    /// <param name="store">The weights.</param>
    /// <param name="capacity">The most rows of a call.</param>
    /// <param name="threads">Threads to divide the rows among.</param>
    /// <param name="outputs">The nodes to compute, which alone can then be copied; null for every node of the graph.</param>
    /// <param name="shared">The inputs that are the same for all rows of a call, of which the first row alone is read; null for none.</param>
    /// <param name="memory">Bytes in which to keep, beside what is shared, what the first layers make of single values of fields that have few (<see cref="IdNode.Limit"/>): these are added instead of multiplied.</param>
    public InferencePlan(ParameterStore store, int capacity, int threads = 1, IReadOnlyList<Node>? outputs = null, SharedInputs? shared = null, long memory = 0)
    {
        var ops = Fusion.Plan(store.Graph, outputs, []);
        var folding = outputs is null ? null : new Folding(store, ops, outputs);
        if (folding is not null) ops = folding.Ops;
        _repeated = [];
        if (shared is not null)
        {
            ops = Sharing.Plan(ops, shared, store, outputs, memory);
            // what depends on the row as well needs the members of a shared sequence in every row
            _repeated = [.. ops.Where(op => op is TokenLookupOp or FixedTokenLookupOp).Cast<IBagOp>().SelectMany(op => (BagNode[])[op.Bag, op.Bag.Lead]).Where(shared.Has).Distinct()];
        }

        _shared = shared;
        _run = new ShardedRun(ops, new PackedWeights(ops, store, training: false, folding), capacity, threads, threads, training: false);
    }

    private InferencePlan(InferencePlan twin)
    {
        (_shared, _repeated) = (twin._shared, twin._repeated);
        _run = new ShardedRun(twin._run.Ops, twin._run.Weights.Share(), twin.Capacity, twin._run.Frames.Length, twin._run.Frames.Length, training: false);
    }

    /// <summary>The most rows of a call.</summary>
    public int Capacity => _run.Capacity;

    /// <summary>Another plan for the same calls, with inputs and results of its own, that may run at the same time. What is made of the weights they have together, for as long as one of them is there; the stored weights must not change while one runs.</summary>
    public InferencePlan Twin() => new(this);

    /// <summary>What a call computes, in order.</summary>
    internal IReadOnlyList<Op> Ops => _run.Ops;

    /// <summary>Where to write a dense input, [capacity, width], before <see cref="Run"/>.</summary>
    public Span<float> Input(Node node) => _run.Inputs.DenseSpan(node);

    /// <summary>Where to write an id input, [capacity, fields], before <see cref="Run"/>; ids must be rows of their table.</summary>
    public Span<int> Input(IdNode node) => _run.Inputs.IdSpan(node);

    /// <summary>The weights that it reads.</summary>
    public ParameterStore Store => _run.Store;

    /// <summary>Sets a bag input: offsets [rows + 1] from 0, and the ids.</summary>
    /// <exception cref="ArgumentException">The offsets do not begin with 0, fall, exceed the ids, or are those of more rows than the capacity.</exception>
    public void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids) => _run.Inputs.SetBag(node, offsets, ids, default);

    /// <summary>Sets a weighted bag input: offsets [rows + 1] from 0, the ids, and a weight for each.</summary>
    /// <exception cref="ArgumentException">The offsets do not begin with 0, fall, exceed the ids, or are those of more rows than the capacity; or the weights are not as many as the ids, or the bag has none.</exception>
    public void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids, ReadOnlySpan<float> weights) => _run.Inputs.SetBag(node, offsets, ids, weights);

    /// <summary>Computes the outputs for the first <paramref name="rows"/> rows of the inputs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More rows than the capacity, or an id that its table does not have.</exception>
    public void Run(int rows)
    {
        if (_shared is not null) _run.Inputs.Repeat(_shared, _repeated, Math.Min(rows, Capacity));
        _run.Forward(rows, 0);
    }

    /// <summary>Copies the value of a node, [rows, width], from the last run.</summary>
    public void Copy(Node node, Span<float> destination) => NodeCopy.Values(_run.Frames, node, destination);

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();
}
