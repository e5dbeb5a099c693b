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
    private readonly Action<int> _lossGradientWork;
    private readonly Action<int> _gatherWork;
    private readonly Action<int> _updateWork;
    private readonly ulong _seed;
    private OptimizerStep _step;
    private int _rowCount;

    /// <summary>Lays out the memory for batches of up to <paramref name="capacity"/> rows.</summary>
    /// <param name="store">The weights, with as many moments as the optimiser keeps.</param>
    /// <param name="optimizer">How gradients change weights.</param>
    /// <param name="capacity">The most rows of a batch.</param>
    /// <param name="shards">Parts of a batch that are worked on by themselves; part of what decides the result.</param>
    /// <param name="threads">Threads to use, at most one a shard; never changes the result.</param>
    /// <param name="seed">Seed of the noise (dropout).</param>
    /// <exception cref="ArgumentException">The store keeps another number of moments than the optimiser needs.</exception>
    public TrainingPlan(ParameterStore store, Optimizer optimizer, int capacity, int shards, int threads, ulong seed)
    {
        if (store.Moments != optimizer.Moments)
            throw new ArgumentException($"the store keeps {store.Moments} moments a weight; the optimiser needs {optimizer.Moments}", nameof(store));
        _graph = store.Graph;
        _optimizer = optimizer;
        _seed = seed;
        _run = new ShardedRun(_graph, store, capacity, shards, threads, training: true);
        _values = new double[_graph.Losses.Count];
        _weights = new float[_graph.Losses.Count];
        _shardValues = new double[shards, _graph.Losses.Count];
        _sparseOps = [.. _graph.Ops.OfType<ISparseOp>()];
        _rows = [.. _graph.Tables.Select(t => Enumerable.Range(0, shards).Select(p => new RowGradients(t, p, shards)).ToArray())];
        _dense = new DenseUpdate(_graph, store, optimizer, _run.Frames);
        _lossWork = LossValues;
        _lossGradientWork = LossGradients;
        _gatherWork = Gather;
        _updateWork = Apply;
    }

    /// <summary>Steps taken, this one included once <see cref="Update"/> has run; set it when a run is resumed.</summary>
    public long Steps { get; set; }

    /// <summary>The most rows of a batch.</summary>
    public int Capacity => _run.Capacity;

    /// <summary>Where to write a dense input, [capacity, width], before <see cref="Forward"/>.</summary>
    public Span<float> Input(Node node) => _run.Inputs.DenseSpan(node);

    /// <summary>Where to write an id input, [capacity, fields], before <see cref="Forward"/>; ids must be rows of their table.</summary>
    public Span<int> Input(IdNode node) => _run.Inputs.IdSpan(node);

    /// <summary>Sets a bag input: offsets [rows + 1] from 0, and the ids.</summary>
    /// <exception cref="ArgumentException">The offsets do not begin with 0, fall, exceed the ids, or are those of more rows than the capacity.</exception>
    public void SetBag(BagNode node, ReadOnlySpan<int> offsets, ReadOnlySpan<int> ids) => _run.Inputs.SetBag(node, offsets, ids);

    /// <summary>Computes every loss over the first <paramref name="rows"/> rows of the inputs.</summary>
    /// <returns>By loss: Σ weight × loss over the rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More rows than the capacity, or an id that its table does not have.</exception>
    public ReadOnlySpan<double> Forward(int rows)
    {
        _rowCount = rows;
        _run.Forward(rows, CounterRandom.Derive(_seed, (ulong)Steps));
        _run.Team.Run(_lossWork);
        Array.Clear(_values);
        for (var s = 0; s < _run.Frames.Length; s++)
            for (var l = 0; l < _values.Length; l++)
                _values[l] += _shardValues[s, l];
        return _values;
    }

    /// <summary>Computes the gradients of Σ taskWeights[l] × loss l; a weight of 0 leaves a loss out.</summary>
    public void Backward(ReadOnlySpan<double> taskWeights)
    {
        if (taskWeights.Length != _weights.Length)
            throw new ArgumentException($"{taskWeights.Length} weights for {_weights.Length} losses", nameof(taskWeights));
        for (var l = 0; l < _weights.Length; l++)
            _weights[l] = (float)taskWeights[l];
        _run.Team.Run(_lossGradientWork);
        _run.Backward();
    }

    /// <summary>Changes the weights by the gradients of the last backward walk.</summary>
    /// <param name="learningRate">The optimiser's rate for this step.</param>
    /// <param name="clip">The largest norm of all gradients together; larger ones are scaled down to it. Infinity for none.</param>
    /// <returns>The norm before clipping; NaN where there was nothing to clip by.</returns>
    public double Update(double learningRate, double clip = double.PositiveInfinity)
    {
        Steps++;
        var norm = double.NaN;
        var scale = 1.0;
        var clips = !double.IsPositiveInfinity(clip);
        _run.Team.Run(_gatherWork);
        if (clips)
        {
            norm = Math.Sqrt(_dense.SumOfSquares() + RowSumOfSquares());
            if (norm > clip) scale = clip / norm;
        }

        _step = _optimizer.Begin(Steps, learningRate, scale);
        _run.Team.Run(_updateWork);
        _run.Store.Touch();
        return norm;
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

    private void LossGradients(int worker)
    {
        for (var s = worker; s < _run.Frames.Length; s += _run.Team.Size)
        {
            _run.Frames[s].BeginBackward();
            for (var l = 0; l < _weights.Length; l++)
                if (_weights[l] != 0)
                    _graph.Losses[l].Gradient(_run.Frames[s], _weights[l]);
        }
    }

    // sparse rows are merged by partition and dense gradients added up by block, neither depending on the number of threads
    private void Gather(int worker)
    {
        for (var p = worker; p < _run.Frames.Length; p += _run.Team.Size)
        {
            foreach (var table in _rows) table[p].Clear();
            foreach (var op in _sparseOps)
            {
                var into = _rows[op.Table.Index][p];
                foreach (var frame in _run.Frames)
                    if (frame.Reached(((Op)op).Output))
                        op.Scatter(frame, into);
            }
        }

        _dense.Reduce(worker, _run.Team.Size, _rowCount);
    }

    private void Apply(int worker)
    {
        _dense.Apply(_step, worker, _run.Team.Size);
        for (var p = worker; p < _run.Frames.Length; p += _run.Team.Size)
            foreach (var table in _rows)
                for (var slot = 0; slot < table[p].Count; slot++)
                    _optimizer.UpdateRow(_step, _run.Store.RowPointer(table[p].Table, table[p].Row(slot)), table[p].Gradient(slot), table[p].Table.Width);
    }

    private double RowSumOfSquares()
    {
        var sum = 0.0;
        foreach (var table in _rows)
            foreach (var part in table)
                for (var slot = 0; slot < part.Count; slot++)
                    sum += Elementwise.SumOfSquares(part.Gradient(slot), part.Table.Width);
        return sum;
    }
}
