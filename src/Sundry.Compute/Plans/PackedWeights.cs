namespace Sundry.Compute;

/// <summary>The weights as a plan's ops read them: norms folded in, matrices packed. Plans that are twins have them together, so that a processor's cache holds them once.</summary>
internal sealed unsafe class PackedWeights : IDisposable
{
    private readonly Op[] _packers;
    private readonly Folding? _folding;
    private readonly bool _training;
    private readonly AlignedBlock _block;
    private readonly Lock _packing = new();
    private long _version = -1;
    private int _plans = 1;

    /// <summary>Lays out the memory.</summary>
    /// <param name="ops">The plan's ops.</param>
    /// <param name="store">The weights as they are stored.</param>
    /// <param name="training">Whether ops go backward as well.</param>
    /// <param name="folding">What is folded; null for nothing.</param>
    public PackedWeights(Op[] ops, ParameterStore store, bool training, Folding? folding = null)
    {
        (Store, _training, _folding) = (store, training, folding);
        Values = folding is null ? store.ValueBlock : folding.Weights;
        _packers = [.. ops.Where(op => op.Packed is not null)];
        ByOp = new float*[store.Graph.Ops.Count];
        _block = new AlignedBlock(_packers.Sum(op => AlignedBlock.Round(op.Packed!.PackedLength(training))));
        var at = _block.Pointer;
        foreach (var op in _packers)
        {
            ByOp[op.Output.Index] = at;
            at += AlignedBlock.Round(op.Packed!.PackedLength(training));
        }
    }

    /// <summary>The weights as they are stored.</summary>
    public ParameterStore Store { get; }

    /// <summary>The parameter block, norms folded in.</summary>
    public float* Values { get; }

    /// <summary>By op what it has packed.</summary>
    public float*[] ByOp { get; }

    /// <summary>Whether they are the stored weights as these are now.</summary>
    public bool AreCurrent => Volatile.Read(ref _version) == Store.Version;

    /// <summary>Packs one of <paramref name="parts"/>; they are current once all are done, and <see cref="Keep"/> says so.</summary>
    public void Pack(int part, int parts)
    {
        foreach (var op in _packers) op.Packed!.Pack(ByOp[op.Output.Index], Values, _training, part, parts);
    }

    /// <summary>Says that the stored weights as they are now have been packed.</summary>
    public void Keep() => Volatile.Write(ref _version, Store.Version);

    /// <summary>Makes them current. The first of twins that comes does so, others wait; stored weights do not change while any of them computes.</summary>
    public void Bring()
    {
        if (AreCurrent) return;
        lock (_packing)
        {
            if (AreCurrent) return;
            _folding?.Refresh();
            Pack(0, 1);
            Keep();
        }
    }

    /// <summary>Counts another plan that reads them.</summary>
    public PackedWeights Share()
    {
        Interlocked.Increment(ref _plans);
        return this;
    }

    /// <summary>Frees them when the last plan has let go.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _plans) > 0) return;
        _block.Dispose();
        _folding?.Dispose();
    }
}
