using System.Diagnostics;

namespace Sundry.Compute;

/// <summary>
/// Trains the weights of a graph: forward, backward and update over batches that are divided into shards. The same seed and number of
/// shards give bit-identical weights on any number of threads; after the first steps nothing is allocated.
/// </summary>
public sealed unsafe class TrainingPlan : IDisposable
{
    private readonly Graph _graph;
    private readonly ShardedRun _run;
    private readonly Optimizer _optimizer;
    private readonly double[] _values;
    private readonly double[,] _shardValues;
    private readonly float[] _weights;
    private readonly ISparseOp[] _sparseOps;
    private readonly RowGradients[][] _rows;
    private readonly DenseUpdate _dense;
    private readonly Action<int> _lossWork;
    private readonly Action<int> _backwardWork;
    private readonly Action<int> _updateWork;
    private readonly Action<int> _spreadWork;
    private readonly double[] _rowSquares;
    private readonly ulong _seed;
    private (int Count, Action<int, int> Part) _spread;
    private int _rowCount;
    private bool _combined;
    private double _learningRate;
    private double _clip;
    private double _norm;
    private long _forwardTicks;
    private long _backwardTicks;
    private long _reduceTicks;
    private long _updateTicks;

    /// <summary>Lays out the memory for batches of up to <paramref name="capacity"/> rows.</summary>
    /// <param name="store">The weights, with as many moments as the optimiser keeps.</param>
    /// <param name="optimizer">How gradients change weights.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    /// <param name="shards">Parts of a batch that are worked on by themselves; part of what decides the result.</param>
    /// <param name="threads">Threads to use, at most one a shard; never changes the result.</param>
    /// <param name="seed">Seed of the noise (dropout).</param>
    /// <param name="watched">
    /// Nodes whose values and gradients are to be copied after a step; what a loss reads can be copied without. A relu that only one node
    /// leads to is otherwise computed together with it, and leaves that node without a value of its own.
    /// </param>
    /// <exception cref="ArgumentException">The store keeps another number of moments than the optimiser needs.</exception>
    public TrainingPlan(ParameterStore store, Optimizer optimizer, int capacity, int shards, int threads, ulong seed, IReadOnlyList<Node>? watched = null)
    {
        if (store.Moments != optimizer.Moments)
            throw new ArgumentException($"the store keeps {store.Moments} moments a weight; the optimiser needs {optimizer.Moments}", nameof(store));
        _graph = store.Graph;
        _optimizer = optimizer;
        _seed = seed;
        var ops = Fusion.Plan(_graph, [.. _graph.Losses.SelectMany(l => l.Inputs)], watched ?? []);
        _run = new ShardedRun(ops, new PackedWeights(ops, store, training: true), capacity, shards, threads, training: true);
        _values = new double[_graph.Losses.Count];
        _weights = new float[_graph.Losses.Count];
        _shardValues = new double[shards, _graph.Losses.Count];
        _sparseOps = [.. _graph.Ops.OfType<ISparseOp>()];
        _rows = [.. _graph.Tables.Select(t => Enumerable.Range(0, shards).Select(p => new RowGradients(t, p, shards)).ToArray())];
        _dense = new DenseUpdate(_graph, store, optimizer, _run.Frames);
        _rowSquares = new double[shards];
        _lossWork = LossValues;
        _backwardWork = BackwardShare;
        _updateWork = UpdateShare;
        _spreadWork = SpreadShare;
    }

    /// <summary>Steps taken, this one included once <see cref="Update"/> has run; set it when a run is resumed.</summary>
    public long Steps { get; set; }

    /// <summary>The most rows of a batch.</summary>
    public int Capacity => _run.Capacity;

    /// <summary>Where the time of the steps since <see cref="ResetTimes"/> went.</summary>
    public StepTimes Times => new(
        Seconds(_run.GatherTicks), Seconds(_forwardTicks - _run.GatherTicks), Seconds(_backwardTicks), Seconds(_reduceTicks), Seconds(_updateTicks - _reduceTicks));

    /// <summary>Sets <see cref="Times"/> to zero.</summary>
    public void ResetTimes() => _run.GatherTicks = _forwardTicks = _backwardTicks = _reduceTicks = _updateTicks = 0;

    /// <summary>Where to write a dense input, [capacity, width], before <see cref="Forward"/>.</summary>
    public Span<float> Input(Node node) => _run.Inputs.DenseSpan(node);

    /// <summary>Where to write an id input, [capacity, fields], before <see cref="Forward"/>; ids must be rows of their table.</summary>
    public Span<int> Input(IdNode node) => _run.Inputs.IdSpan(node);

    /// <summary>What a bag was set to.</summary>
    internal (int[] Offsets, int[] Ids) Bag(BagNode node) => _run.Inputs.Bag(node);

    /// <summary>The weights that it reads.</summary>
    public ParameterStore Store => _run.Store;

    /// <summary>Sets a bag input: offsets [rows + 1] from 0, and the ids.</summary>
    /// <exception cref="ArgumentException">The offsets do not begin with 0, fall, exceed the ids, or are those of more rows than the capacity.</exception>
    public void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids) => _run.Inputs.SetBag(node, offsets, ids, default);

    /// <summary>Sets a weighted bag input: offsets [rows + 1] from 0, the ids, and a weight for each.</summary>
    /// <exception cref="ArgumentException">The offsets do not begin with 0, fall, exceed the ids, or are those of more rows than the capacity; or the weights are not as many as the ids, or the bag has none.</exception>
    public void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids, ReadOnlySpan<float> weights) => _run.Inputs.SetBag(node, offsets, ids, weights);

    /// <summary>Has the plan's threads prepare a batch together, between two steps.</summary>
    /// <param name="count">How much there is to do.</param>
    /// <param name="part">Called once by each thread: does the part that begins at the first argument and is as long as the second; parts must not touch one another.</param>
    public void Spread(int count, Action<int, int> part)
    {
        _spread = (count, part);
        _run.Team.Run(_spreadWork);
    }

    /// <summary>Computes every loss over the first <paramref name="rows"/> rows of the inputs.</summary>
    /// <returns>By loss: Σ weight × loss over the rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More rows than the capacity, or an id that its table does not have.</exception>
    public ReadOnlySpan<double> Forward(int rows)
    {
        var start = Stopwatch.GetTimestamp();
        _rowCount = rows;
        _run.Forward(rows, CounterRandom.Derive(_seed, (ulong)Steps), _lossWork);
        Array.Clear(_values);
        for (var s = 0; s < _run.Frames.Length; s++)
            for (var l = 0; l < _values.Length; l++)
                _values[l] += _shardValues[s, l];
        _forwardTicks += Stopwatch.GetTimestamp() - start;
        return _values;
    }

    /// <summary>Computes the gradients of Σ taskWeights[l] × loss l; a weight of 0 leaves a loss out.</summary>
    public void Backward(ReadOnlySpan<double> taskWeights)
    {
        if (taskWeights.Length != _weights.Length)
            throw new ArgumentException($"{taskWeights.Length} weights for {_weights.Length} losses", nameof(taskWeights));
        for (var l = 0; l < _weights.Length; l++)
            _weights[l] = (float)taskWeights[l];
        var start = Stopwatch.GetTimestamp();
        _combined = false;
        _run.Team.Run(_backwardWork);
        _backwardTicks += Stopwatch.GetTimestamp() - start;
    }

    /// <summary>Changes the weights by the gradients of the last backward walk.</summary>
    /// <param name="learningRate">The optimiser's rate for this step.</param>
    /// <param name="clip">The largest norm of all gradients together; larger ones are scaled down to it. Infinity for none.</param>
    /// <returns>The norm before clipping; NaN where there was nothing to clip by.</returns>
    public double Update(double learningRate, double clip = double.PositiveInfinity)
    {
        var start = Stopwatch.GetTimestamp();
        Steps++;
        _learningRate = learningRate;
        _clip = clip;
        _norm = double.NaN;
        _run.Team.Run(_updateWork);
        _run.Store.Touch();
        _run.Weights.Keep();
        _updateTicks += Stopwatch.GetTimestamp() - start;
        return _norm;
    }

    /// <summary>The gradient of a parameter after <see cref="Update"/> has added up the shards, or after a backward walk with one shard; zeros where none has reached it.</summary>
    public void CopyGradient(Parameter parameter, Span<float> destination) => _dense.CopyGradient(parameter, destination);

    /// <summary>Copies the merged gradient of one row of a table after <see cref="Update"/>; false where the batch did not touch it.</summary>
    public bool CopyGradient(Table table, int row, Span<float> destination)
    {
        foreach (var part in _rows[table.Index])
        {
            for (var slot = 0; slot < part.Count; slot++)
            {
                if (part.Row(slot) != row) continue;
                new ReadOnlySpan<float>(part.Gradient(slot), table.Width).CopyTo(destination);
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of a node for the rows of the last forward walk.</summary>
    public void CopyValue(Node node, Span<float> destination) => NodeCopy.Values(_run.Frames, node, destination);

    /// <summary>The gradient that reached a node in the last backward walk; zeros where none has.</summary>
    public void CopyGradient(Node node, Span<float> destination) => NodeCopy.Gradients(_run.Frames, node, destination);

    /// <summary>
    /// Room for the gradient of each task by itself: instead of <see cref="Backward"/>, collect them after <see cref="Forward"/>, combine them, and update.
    /// </summary>
    /// <param name="tasks">The first so many losses are tasks; the others are penalties, which are no part of what is compared.</param>
    /// <param name="representation">Whether the gradients of the shared representation are kept too.</param>
    /// <param name="rowScales">By task: what its gradients of embedding rows are multiplied by before anything looks at them; null for 1.</param>
    public TaskGradients SeparateTasks(int tasks, bool representation = false, IReadOnlyList<double>? rowScales = null) => new(this, _run, tasks, representation, rowScales);

    /// <summary>Merges the rows of a partition that the last walk reached into <paramref name="into"/>, by table and partition.</summary>
    internal void MergeRows(int partition, RowGradients[][] into)
    {
        if (into == _rows)
            foreach (var table in into)
                table[partition].Clear();
        foreach (var op in _sparseOps)
            foreach (var frame in _run.Frames)
                if (frame.Reached(((Op)op).Output))
                    op.Scatter(frame, into[op.Table.Index][partition]);
    }

    /// <summary>The merged rows that the update goes by.</summary>
    internal RowGradients Rows(Table table, int partition) => _rows[table.Index][partition];

    /// <summary>Rows of the last forward walk.</summary>
    internal int LastRows => _rowCount;

    /// <summary>Says that the gradient of the next update is there: in the first shard and in <see cref="Rows"/>.</summary>
    internal void TakeCombined() => _combined = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        foreach (var table in _rows)
            foreach (var part in table)
                part.Dispose();
    }

    private void LossValues(int worker)
    {
        for (var s = worker; s < _run.Frames.Length; s += _run.Team.Size)
            for (var l = 0; l < _values.Length; l++)
                _shardValues[s, l] = _graph.Losses[l].Value(_run.Frames[s]);
    }

    private void SpreadShare(int worker)
    {
        var (count, part) = _spread;
        var first = (int)((long)count * worker / _run.Team.Size);
        var end = (int)((long)count * (worker + 1) / _run.Team.Size);
        if (end > first) part(first, end - first);
    }

    private void BackwardShare(int worker)
    {
        for (var s = worker; s < _run.Frames.Length; s += _run.Team.Size)
        {
            _run.Frames[s].BeginBackward();
            for (var l = 0; l < _weights.Length; l++)
                if (_weights[l] != 0)
                    _graph.Losses[l].Gradient(_run.Frames[s], _weights[l]);
        }

        _run.Backward(worker);
    }

    // sparse rows are merged by partition and dense gradients added up by block, neither depending on the number of threads
    private void UpdateShare(int worker)
    {
        var workers = _run.Team.Size;
        var start = worker == 0 ? Stopwatch.GetTimestamp() : 0;
        var clips = !double.IsPositiveInfinity(_clip);
        for (var p = worker; p < _run.Frames.Length; p += workers)
        {
            if (!_combined) MergeRows(p, _rows);
            if (clips) _rowSquares[p] = RowSumOfSquares(p);
        }

        var scale = 1.0;
        if (clips)
        {
            if (_rowCount > 0) _dense.Reduce(worker, workers, reduce: !_combined);
            _run.Team.Meet();
            var squares = _dense.SumOfSquares();
            foreach (var part in _rowSquares) squares += part;
            var norm = Math.Sqrt(squares);
            if (norm > _clip) scale = _clip / norm;
            if (worker == 0) _norm = norm;
        }

        if (worker == 0) _reduceTicks += Stopwatch.GetTimestamp() - start;
        var step = _optimizer.Begin(Steps, _learningRate, scale);
        if (_rowCount > 0) _dense.Apply(step, worker, workers, reduce: !clips && !_combined);
        for (var p = worker; p < _run.Frames.Length; p += workers)
        {
            foreach (var table in _rows)
            {
                var (first, stride) = ((nint)_run.Store.RowPointer(table[p].Table, 0), _run.Store.Stride(table[p].Table));
                _optimizer.UpdateRows(step, (float*)first, stride, table[p]);
                _optimizer.ShrinkRows(step, (float*)first, stride, table[p]);
            }
        }

        _run.Team.Meet();
        _run.Pack(worker);
    }

    private double RowSumOfSquares(int partition)
    {
        var sum = 0.0;
        foreach (var table in _rows)
            sum += Elementwise.SumOfSquares(table[partition].Gradient(0), (long)table[partition].Count * table[partition].Table.Width);
        return sum;
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
