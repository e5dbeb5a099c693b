namespace Sundry.Compute;

/// <summary>
/// What one shard of a batch works in: its rows, its activations, and in training its gradients. Gradients are not cleared before a
/// backward walk: the first contribution to a node or parameter assigns, later ones add.
/// </summary>
internal sealed unsafe class Frame : IDisposable
{
    private readonly float* _weights;
    private readonly AlignedBlock _block;
    private readonly AlignedBlock? _parameterGradients;
    private readonly float*[] _values;
    private readonly float*[] _gradients;
    private readonly float*[] _saved;
    private readonly float*[] _shardSaved;
    private readonly float*[] _slopes;
    private readonly bool[] _touched;
    private readonly bool[] _touchedParameters;
    private readonly PlanInputs _inputs;
    private readonly TokenRoom[] _rooms;
    private AlignedBlock? _scratch;
    private BagNode? _level;
    private int _firstRow;
    private int _batchRows;

    public Frame(Op[] ops, PackedWeights weights, PlanInputs inputs, int capacity, bool training)
    {
        Store = weights.Store;
        _weights = weights.Values;
        _inputs = inputs;
        Packed = weights.ByOp;
        Training = training;
        var graph = Store.Graph;
        var count = graph.Ops.Count;
        _values = new float*[count];
        _gradients = new float*[count];
        _saved = new float*[count];
        _shardSaved = new float*[count];
        _slopes = new float*[graph.Losses.Count];
        _touched = new bool[count];
        _touchedParameters = new bool[graph.Parameters.Count];
        // measured first, then handed out
        Op[] rows = [.. ops.Where(op => op.Tokens is null)];
        _block = new AlignedBlock(Divide(rows, graph.Losses, capacity, null));
        Divide(rows, graph.Losses, capacity, _block.Pointer);
        _rooms = [.. ops.Where(op => op.Tokens is not null).GroupBy(op => op.Tokens!).Select(room => new TokenRoom(room.Key, [.. room], training))];
        foreach (var room in _rooms) Grow(room, 1);

        if (training) _parameterGradients = new AlignedBlock(graph.ParameterBlockLength);
    }

    /// <summary>Whether dropout drops and batch norm uses the batch's own statistics.</summary>
    public bool Training { get; }

    /// <summary>Rows of this shard in the present batch; while an op on tokens runs, the tokens of those rows. So it is with <see cref="FirstRow"/> and <see cref="BatchRows"/>.</summary>
    public int Rows { get; private set; }

    /// <summary>The shard's first row within the batch.</summary>
    public int FirstRow { get; private set; }

    /// <summary>Rows of the whole batch.</summary>
    public int BatchRows { get; private set; }

    /// <summary>Rows of this shard in the present batch, whatever runs: as many sequences of tokens.</summary>
    public int Sequences { get; private set; }

    /// <summary>Seed of this step's noise.</summary>
    public ulong Noise { get; private set; }

    /// <summary>The frames of all shards, this one among them.</summary>
    public Frame[] Peers { get; set; } = [];

    /// <summary>By op: its weights as packed for this step.</summary>
    public float*[] Packed { get; }

    public ParameterStore Store { get; }

    public void Begin(int firstRow, int rows, int batchRows, ulong noise)
    {
        _level = null;
        FirstRow = _firstRow = firstRow;
        Rows = Sequences = rows;
        BatchRows = _batchRows = batchRows;
        Noise = noise;
    }

    /// <summary>Counts rows as an op has them: the batch's, or the tokens of a bag.</summary>
    public void Enter(BagNode? tokens)
    {
        if (tokens == _level) return;
        _level = tokens;
        if (tokens is null)
        {
            (FirstRow, Rows, BatchRows) = (_firstRow, Sequences, _batchRows);
            return;
        }

        var offsets = _inputs.BagOffsets(tokens);
        FirstRow = offsets[_firstRow];
        Rows = offsets[_firstRow + Sequences] - FirstRow;
        BatchRows = offsets[_batchRows];
    }

    /// <summary>The first row, and how many there are, that a node has in this shard, after a walk.</summary>
    public (int First, int Count) RowsOf(Node node)
    {
        Enter(node.Tokens);
        var rows = (FirstRow, Rows);
        Enter(null);
        return rows;
    }

    /// <summary>Makes room for the tokens of the present batch, before any of them is computed. It grows with the greatest batch so far, and so stands still after the first steps.</summary>
    public void FitTokens()
    {
        foreach (var room in _rooms)
        {
            var offsets = _inputs.BagOffsets(room.Bag);
            var count = room.Own ? offsets[_firstRow + Sequences] - offsets[_firstRow] : 0;
            if (room.First && Sequences > 0) count = Math.Max(count, offsets[1]);
            if (count > room.Capacity) Grow(room, count + count / 4);
        }
    }

    /// <summary>Rows of the batch in this shard, or their tokens.</summary>
    public int Count(BagNode? tokens) => tokens is null ? Sequences : Offsets(tokens)[Sequences] - Offsets(tokens)[0];

    /// <summary>Memory of this shard that an op may use until it returns.</summary>
    public float* Scratch(long floats)
    {
        if (_scratch is null || _scratch.Length < floats)
        {
            _scratch?.Dispose();
            _scratch = new AlignedBlock(floats + floats / 4);
        }

        return _scratch.Pointer;
    }

    /// <summary>Offsets of the shard's rows [<see cref="Sequences"/> + 1]: the tokens of row r are the shard's tokens from <c>offsets[r] − offsets[0]</c> on.</summary>
    public int* Offsets(BagNode tokens) => _inputs.BagOffsets(tokens) + _firstRow;

    public void BeginBackward()
    {
        Array.Clear(_touched);
        Array.Clear(_touchedParameters);
    }

    public float* Value(Node node)
    {
        var value = _values[node.Index];
        return value is not null ? value : OwnOrInput(node);
    }

    public int* Ids(IdNode node) => _inputs.Ids(node) + (long)_firstRow * node.Fields;

    /// <summary>Offsets of the shard's rows [Sequences + 1], into <see cref="BagIds"/>.</summary>
    public int* BagOffsets(BagNode node) => _inputs.BagOffsets(node) + _firstRow;

    public int* BagIds(BagNode node) => _inputs.BagIds(node);

    /// <summary>The weights beside <see cref="BagIds"/>; null where the bag has none.</summary>
    public float* BagWeights(BagNode node) => _inputs.BagWeights(node);

    public float* Saved(Op op) => _saved[op.Output.Index];

    public float* ShardSaved(Op op) => _shardSaved[op.Output.Index];

    /// <summary>What a loss says of its prediction, row by row.</summary>
    public float* Slopes(Loss loss) => _slopes[loss.Index];

    public float* Weights(Parameter parameter) => _weights + parameter.Offset;

    /// <summary>Whether any gradient has reached <paramref name="node"/> in this backward walk.</summary>
    public bool Reached(Node node) => _touched[node.Index];

    public bool Reached(Parameter parameter) => _touchedParameters[parameter.Index];

    /// <summary>The gradient of an op's own output, to be read in Backward.</summary>
    public float* Gradient(Node node) => _gradients[node.Index];

    /// <summary>Where a contribution to the gradient of <paramref name="node"/> goes, or null where none is needed; <paramref name="add"/> says whether to add or to assign.</summary>
    public float* Contribute(Node node, out bool add)
    {
        add = _touched[node.Index];
        var gradient = _gradients[node.Index];
        if (gradient is not null) _touched[node.Index] = true;
        return gradient;
    }

    /// <summary>Where a contribution to the gradient of <paramref name="parameter"/> goes; <paramref name="add"/> says whether to add or to assign.</summary>
    public float* Contribute(Parameter parameter, out bool add)
    {
        add = _touchedParameters[parameter.Index];
        _touchedParameters[parameter.Index] = true;
        return _parameterGradients!.Pointer + parameter.Offset;
    }

    /// <summary>As <see cref="Contribute(Parameter, out bool)"/>, cleared when it is the first, for kernels that only add.</summary>
    public float* ContributeCleared(Parameter parameter)
    {
        var gradient = Contribute(parameter, out var add);
        if (!add) new Span<float>(gradient, parameter.Length).Clear();
        return gradient;
    }

    /// <summary>As <see cref="Contribute(Node, out bool)"/>, cleared when it is the first: what follows only adds, in any order, even where one node is several inputs.</summary>
    public float* ContributeCleared(Node node)
    {
        var gradient = Contribute(node, out var add);
        if (gradient is not null && !add) Elementwise.Fill(gradient, 0, (long)Count(node.Tokens) * node.Width);
        return gradient;
    }

    public float* ParameterGradients => _parameterGradients!.Pointer;

    public void Dispose()
    {
        _block.Dispose();
        _scratch?.Dispose();
        foreach (var room in _rooms) room.Block?.Dispose();
        _parameterGradients?.Dispose();
    }

    // an input's value lies beside the plan, another's is the one that it equals
    private float* OwnOrInput(Node node)
    {
        // a dropout that was fused has a value of its own although the graph's does nothing here
        while (_values[node.Index] is null && node.Op.IsIdentity(Training)) node = node.Op.Inputs[0];
        if (node.Op is InputOp) return _inputs.Dense(node) + (long)_firstRow * node.Width;
        return _values[node.Index] is var value && value is not null
            ? value
            : throw new ArgumentException($"the plan does not keep the value of '{node}'; name it among the nodes to watch", nameof(node));
    }

    private void Grow(TokenRoom room, int capacity)
    {
        room.Block?.Dispose();
        room.Capacity = capacity;
        room.Block = new AlignedBlock(Divide(room.Ops, [], capacity, null));
        Divide(room.Ops, [], capacity, room.Block.Pointer);
    }

    private long Divide(Op[] ops, IReadOnlyList<Loss> losses, int capacity, float* block)
    {
        long length = 0;
        foreach (var op in ops)
        {
            var i = op.Output.Index;
            if (op is not InputOp && !op.IsIdentity(Training)) _values[i] = Take(block, ref length, (long)capacity * op.Width);
            if (op.SavedPerRow > 0) _saved[i] = Take(block, ref length, (long)capacity * op.SavedPerRow);
            if (op.SavedPerShard > 0) _shardSaved[i] = Take(block, ref length, op.SavedPerShard);
            if (Training && op.NeedsGradient) _gradients[i] = Take(block, ref length, (long)capacity * op.Width);
        }

        if (!Training) return length;
        foreach (var loss in losses) _slopes[loss.Index] = Take(block, ref length, (long)capacity * loss.Prediction.Width);
        return length;
    }

    private static float* Take(float* block, ref long length, long floats)
    {
        var start = length;
        length += AlignedBlock.Round(floats);
        return block is null ? null : block + start;
    }
}
