using System.Diagnostics;

namespace Sundry.Compute;

/// <summary>
/// Walks a graph for all shards of a batch: shard s is always worked on by thread s mod threads, so that only the number of shards, never
/// the number of threads, decides the order of any sum.
/// </summary>
internal sealed unsafe class ShardedRun : IDisposable
{
    /// <summary>Rows that keep a thread busy for longer than it takes to wake it.</summary>
    private const int LeastRows = 16;

    private readonly Op[] _ops;
    private readonly PackedWeights _weights;
    private readonly Action<int> _forwardWork;
    private readonly bool _training;
    private Action<int>? _then;
    private bool _packs;
    private bool _disposed;

    public ShardedRun(Op[] ops, PackedWeights weights, int capacity, int shards, int threads, bool training)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        (_ops, _weights, _training) = (ops, weights, training);
        Capacity = capacity;
        Inputs = new PlanInputs(Store.Graph, capacity);
        Team = new WorkerTeam(Math.Clamp(threads, 1, shards));
        Frames = new Frame[shards];
        var rows = (capacity + shards - 1) / shards;
        if (!training) rows = Math.Max(rows, Math.Min(capacity, 2 * LeastRows));
        RowsPerFrame = rows;
        for (var s = 0; s < shards; s++)
            Frames[s] = new Frame(ops, weights, Inputs, rows, training) { Peers = Frames };
        _forwardWork = Forward;
    }

    /// <summary>The weights as the ops read them.</summary>
    public PackedWeights Weights => _weights;

    public ParameterStore Store => _weights.Store;

    public int Capacity { get; }

    public PlanInputs Inputs { get; }

    public WorkerTeam Team { get; }

    public Frame[] Frames { get; }

    /// <summary>The ops in the order of the walk.</summary>
    public Op[] Ops => _ops;

    /// <summary>The most rows of a shard.</summary>
    public int RowsPerFrame { get; }

    /// <summary>Runs forward over <paramref name="rows"/> rows of the inputs, having looked at every id among them, and then <paramref name="then"/> on each worker.</summary>
    public void Forward(int rows, ulong noise, Action<int>? then = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        // what training divides decides its sums; scoring divides only what is worth waking a thread for
        var shards = _training ? Frames.Length : Math.Clamp(rows / LeastRows, 1, Frames.Length);
        for (var s = 0; s < Frames.Length; s++)
        {
            var first = (int)((long)rows * Math.Min(s, shards) / shards);
            Frames[s].Begin(first, (int)((long)rows * Math.Min(s + 1, shards) / shards) - first, rows, noise);
        }

        if (!_training) _weights.Bring();
        _packs = !_weights.AreCurrent;
        _then = then;
        if (shards == 1) Team.RunAlone(_forwardWork);
        else Team.Run(_forwardWork);
        if (_packs) _weights.Keep();
    }

    /// <summary>Packs this worker's share of the weights.</summary>
    public void Pack(int worker) => _weights.Pack(worker, Team.Working);

    public void Dispose()
    {
        _disposed = true;
        Team.Dispose();
        foreach (var frame in Frames) frame?.Dispose();
        Inputs.Dispose();
        _weights.Dispose();
    }

    /// <summary>Time that the first worker has spent on looking up embedding rows.</summary>
    public long GatherTicks { get; set; }

    private void Forward(int worker)
    {
        for (var s = worker; s < Frames.Length; s += Team.Size)
        {
            IdCheck.Shard(_ops, Inputs, Frames[s]);
            Frames[s].FitTokens();
        }

        if (_packs)
        {
            Pack(worker);
            Team.Meet();
        }

        foreach (var op in _ops)
        {
            for (var s = worker; s < Frames.Length; s += Team.Size) Frames[s].Enter(op.Tokens);
            if (op.Meets(_training))
            {
                for (var s = worker; s < Frames.Length; s += Team.Size) op.Survey(Frames[s]);
                Team.Meet();
            }

            var start = worker == 0 && op is ISparseOp ? Stopwatch.GetTimestamp() : 0;
            for (var s = worker; s < Frames.Length; s += Team.Size) op.Forward(Frames[s]);
            if (start != 0) GatherTicks += Stopwatch.GetTimestamp() - start;
        }

        for (var s = worker; s < Frames.Length; s += Team.Size) Frames[s].Enter(null);
        _then?.Invoke(worker);
    }

    /// <summary>Walks backward from wherever the losses have put gradients; to be called by every worker.</summary>
    public void Backward(int worker)
    {
        for (var i = _ops.Length - 1; i >= 0; i--)
        {
            var op = _ops[i];
            // asked of a frame of its own: the same nodes are reached in all of them, but others may not have come so far yet
            if (!op.NeedsGradient || !Frames[worker].Reached(op.Output)) continue;
            for (var s = worker; s < Frames.Length; s += Team.Size) Frames[s].Enter(op.Tokens);
            if (op.NeedsWholeBatch)
            {
                for (var s = worker; s < Frames.Length; s += Team.Size) op.SurveyBackward(Frames[s]);
                Team.Meet();
            }

            for (var s = worker; s < Frames.Length; s += Team.Size) op.Backward(Frames[s]);
        }

        // what follows, on any thread, is about rows
        for (var s = worker; s < Frames.Length; s += Team.Size) Frames[s].Enter(null);
    }
}
