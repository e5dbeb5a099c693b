namespace Sundry.Compute;

/// <summary>
/// The gradient of every task's loss by itself, for methods that look at how tasks agree: one backward walk a task, each task's gradient of the
/// shared parameters kept, inner products between them, and any combination of them as the gradient that the next update goes by. Penalties are added to every
/// combination with their own weights.
/// </summary>
public sealed unsafe partial class TaskGradients : IDisposable
{
    private const int BlockLength = 4096;

    private readonly TrainingPlan _plan;
    private readonly Graph _graph;
    private readonly ShardedRun _run;
    private readonly SharedTensors _tensors;
    private readonly int _walks;
    private readonly long[] _offsets;
    private readonly AlignedBlock[] _stored;
    private readonly RowGradients[][] _rows;
    private readonly Block[] _blocks;
    private readonly double[,][] _products;
    private readonly double[,][] _grams;
    private readonly AlignedBlock[,]? _representation;
    private readonly float[] _penalties;
    private readonly bool[] _reached;
    private readonly float[] _rowScales;
    private readonly Action<int> _walkWork;
    private readonly Action<int> _productWork;
    private int _walk;

    internal TaskGradients(TrainingPlan plan, ShardedRun run, int tasks, bool representation, IReadOnlyList<double>? rowScales)
    {
        _rowScales = rowScales is null ? [] : [.. rowScales.Select(s => (float)s)];
        _plan = plan;
        _run = run;
        _graph = run.Store.Graph;
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tasks, _graph.Losses.Count);
        _tensors = new SharedTensors(_graph, run.Ops, tasks);
        _walks = _tensors.Reach.Length;
        _offsets = new long[_graph.Parameters.Count];
        Array.Fill(_offsets, -1);
        long length = 0;
        var blocks = new List<Block>();
        foreach (var parameter in _tensors.Stored)
        {
            _offsets[parameter.Index] = length;
            for (var start = 0; start < parameter.Length; start += BlockLength)
                blocks.Add(new Block(parameter, start, Math.Min(BlockLength, parameter.Length - start)));
            length += AlignedBlock.Round(parameter.Length);
        }

        _blocks = [.. blocks];
        _stored = [.. Enumerable.Range(0, _walks).Select(_ => new AlignedBlock(length))];
        _rows = [.. _graph.Tables.Select(t => Enumerable.Range(0, run.Frames.Length).Select(p => new RowGradients(t, p, run.Frames.Length, _walks)).ToArray())];
        _products = Table(tasks, () => new double[_blocks.Length + _graph.Tables.Count * run.Frames.Length]);
        _grams = Table(tasks, () => new double[Tensors]);
        _penalties = new float[_graph.Losses.Count - tasks];
        _reached = new bool[_graph.Parameters.Count];
        _shared = new double[Tensors * tasks];
        _own = new double[tasks];
        _rooms = [.. Enumerable.Range(0, run.Team.Size).Select(_ => new AlignedBlock(ChunkLength * tasks))];
        _walkWork = Walk;
        _productWork = Multiply;
        _combineWork = CombineShare;
        if (!representation) return;
        _representation = new AlignedBlock[tasks, run.Frames.Length];
        var width = _tensors.Representation.Sum(n => n.Width);
        for (var t = 0; t < tasks; t++)
            for (var s = 0; s < run.Frames.Length; s++)
                _representation[t, s] = new AlignedBlock((long)width * run.RowsPerFrame);
    }

    /// <summary>Number of tasks.</summary>
    public int Tasks => _tensors.Tasks;

    /// <summary>Number of shared tensors: the parameters that several tasks reach, then such tables, each one tensor.</summary>
    public int Tensors => _tensors.Parameters.Count + _tensors.Tables.Length;

    /// <summary>The tensors of the last shared layer; none where no layer is shared.</summary>
    public IReadOnlyList<int> LastLayer => _tensors.LastLayer;

    /// <summary>The name of a shared tensor: its parameter's or table's.</summary>
    /// <param name="tensor">From 0.</param>
    public string TensorName(int tensor) => IsTable(tensor) ? _tensors.Tables[tensor - _tensors.Parameters.Count].Name : _tensors.Parameters[tensor].Name;

    /// <summary>Whether a shared tensor is an embedding table.</summary>
    /// <param name="tensor">From 0.</param>
    public bool IsTable(int tensor) => tensor >= _tensors.Parameters.Count;

    /// <summary>Walks back once for each task, and once for the penalties, from the losses of the last forward walk.</summary>
    /// <param name="penalties">The weights of the losses behind the tasks'.</param>
    public void Collect(ReadOnlySpan<double> penalties)
    {
        for (var i = 0; i < _penalties.Length; i++) _penalties[i] = (float)penalties[i];
        foreach (var table in _rows)
            foreach (var part in table)
                part.Clear();
        Array.Clear(_reached);
        for (_walk = 0; _walk < _walks; _walk++) _run.Team.Run(_walkWork);
        _run.Team.Run(_productWork);
        AddProducts();
    }

    /// <summary>The inner products of the tasks' gradients over all shared tensors.</summary>
    /// <param name="gram">[tasks, tasks].</param>
    public void Gram(double[,] gram)
    {
        for (var t = 0; t < Tasks; t++)
            for (var s = 0; s < Tasks; s++)
            {
                var sum = 0.0;
                foreach (var product in _grams[Math.Min(t, s), Math.Max(t, s)]) sum += product;
                gram[t, s] = sum;
            }
    }

    /// <summary>The inner products of one tensor.</summary>
    /// <param name="tensor">From 0.</param>
    /// <param name="gram">[tasks, tasks].</param>
    public void Gram(int tensor, double[,] gram)
    {
        for (var t = 0; t < Tasks; t++)
            for (var s = 0; s < Tasks; s++)
                gram[t, s] = _grams[Math.Min(t, s), Math.Max(t, s)][tensor];
    }

    /// <summary>The inner products of the gradients with respect to what shared layers hand to the tasks, over rows and units.</summary>
    /// <remarks>Behind a relu a unit that it holds back counts as 0.</remarks>
    /// <param name="gram">[tasks, tasks].</param>
    /// <exception cref="InvalidOperationException">They were not asked for.</exception>
    public void RepresentationGram(double[,] gram)
    {
        if (_representation is null) throw new InvalidOperationException("the gradients of the representation were not asked for");
        var width = _tensors.Representation.Sum(n => n.Width);
        for (var t = 0; t < Tasks; t++)
            for (var s = 0; s <= t; s++)
            {
                var sum = 0.0;
                for (var f = 0; f < _run.Frames.Length; f++)
                    sum += Elementwise.Dot(_representation[t, f].Pointer, _representation[s, f].Pointer, (long)width * _run.Frames[f].Rows);
                gram[t, s] = gram[s, t] = sum;
            }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var block in _stored) block.Dispose();
        foreach (var block in _rooms) block.Dispose();
        foreach (var table in _rows)
            foreach (var part in table)
                part.Dispose();
        if (_representation is null) return;
        foreach (var block in _representation) block.Dispose();
    }

    private void Walk(int worker)
    {
        var workers = _run.Team.Size;
        var frames = _run.Frames;
        for (var s = worker; s < frames.Length; s += workers)
        {
            frames[s].BeginBackward();
            if (_walk < Tasks) _graph.Losses[_walk].Gradient(frames[s], 1);
            for (var l = Tasks; _walk == Tasks && l < _graph.Losses.Count; l++)
                if (_penalties[l - Tasks] != 0)
                    _graph.Losses[l].Gradient(frames[s], _penalties[l - Tasks]);
        }

        _run.Backward(worker);
        for (var s = worker; s < frames.Length && _walk < Tasks && _representation is not null; s += workers) KeepRepresentation(s);
        _run.Team.Meet();
        for (var i = worker; i < _blocks.Length; i += workers) Keep(_blocks[i]);
        for (var i = worker; i < _tensors.Alone.Count; i += workers) KeepAlone(_tensors.Alone[i].Parameter, _tensors.Alone[i].Walk);
        for (var p = worker; p < frames.Length; p += workers)
        {
            foreach (var table in _rows) table[p].Copy = _walk;
            _plan.MergeRows(p, _rows);
            if (_walk >= _rowScales.Length || _rowScales[_walk] == 1) continue;
            foreach (var table in _rows) table[p].Scale(_walk, _rowScales[_walk]);
        }
    }

    private void KeepRepresentation(int shard)
    {
        var to = _representation![_walk, shard].Pointer;
        foreach (var node in _tensors.Representation)
        {
            var frame = _run.Frames[shard];
            var length = (long)frame.Rows * node.Width;
            if (frame.Reached(node)) Elementwise.Copy(to, frame.Gradient(node), length);
            else Elementwise.Fill(to, 0, length);
            to += length;
        }
    }

    private void Keep(Block block)
    {
        var to = Stored(_walk, block);
        if (!_run.Frames[0].Reached(block.Parameter))
        {
            Elementwise.Fill(to, 0, block.Length);
            return;
        }

        _reached[block.Parameter.Index] = true;
        Elementwise.Copy(to, _run.Frames[0].ParameterGradients + block.Parameter.Offset + block.Start, block.Length);
        for (var s = 1; s < _run.Frames.Length; s++)
            Elementwise.AddTo(to, _run.Frames[s].ParameterGradients + block.Parameter.Offset + block.Start, block.Length);
    }

    // what no other walk writes may stay where it is
    private void KeepAlone(Parameter parameter, int walk)
    {
        if (walk != _walk || !_run.Frames[0].Reached(parameter)) return;
        _reached[parameter.Index] = true;
        var sum = _run.Frames[0].ParameterGradients + parameter.Offset;
        for (var s = 1; s < _run.Frames.Length; s++)
            Elementwise.AddTo(sum, _run.Frames[s].ParameterGradients + parameter.Offset, parameter.Length);
    }

    // block by block, so that each sum has one order on any number of threads
    private void Multiply(int worker)
    {
        var workers = _run.Team.Size;
        for (var t = 0; t < Tasks; t++)
            for (var s = t; s < Tasks; s++)
            {
                var products = _products[t, s];
                for (var i = worker; i < _blocks.Length; i += workers)
                    products[i] = Elementwise.Dot(Stored(t, _blocks[i]), Stored(s, _blocks[i]), _blocks[i].Length);
                for (var p = worker; p < _run.Frames.Length; p += workers)
                    for (var table = 0; table < _rows.Length; table++)
                        products[_blocks.Length + table * _run.Frames.Length + p] = _rows[table][p].Dot(t, s);
            }
    }

    private void AddProducts()
    {
        for (var t = 0; t < Tasks; t++)
            for (var s = t; s < Tasks; s++)
            {
                var (products, grams) = (_products[t, s], _grams[t, s]);
                Array.Clear(grams);
                for (var i = 0; i < _blocks.Length; i++)
                    if (_tensors.Of(_blocks[i].Parameter) is >= 0 and var tensor)
                        grams[tensor] += products[i];
                foreach (var table in _tensors.Tables)
                    for (var p = 0; p < _run.Frames.Length; p++)
                        grams[_tensors.Of(table)] += products[_blocks.Length + table.Index * _run.Frames.Length + p];
            }
    }

    private float* Stored(int walk, Block block) => _stored[walk].Pointer + _offsets[block.Parameter.Index] + block.Start;

    private static double[,][] Table(int tasks, Func<double[]> create)
    {
        var table = new double[tasks, tasks][];
        for (var t = 0; t < tasks; t++)
            for (var s = t; s < tasks; s++)
                table[t, s] = create();
        return table;
    }

    private readonly record struct Block(Parameter Parameter, int Start, int Length);
}
