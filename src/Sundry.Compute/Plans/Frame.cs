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

    public Frame(Op[] ops, ParameterStore store, float* weights, PlanInputs inputs, float*[] packed, int capacity, bool training)
    {
        Store = store;
        _weights = weights;
        _inputs = inputs;
        Packed = packed;
        Training = training;
        var graph = store.Graph;
        var count = graph.Ops.Count;
        _values = new float*[count];
        _gradients = new float*[count];
        _saved = new float*[count];
        _shardSaved = new float*[count];
        _slopes = new float*[graph.Losses.Count];
        _touched = new bool[count];
        _touchedParameters = new bool[graph.Parameters.Count];
        // measured first, then handed out
        _block = new AlignedBlock(Divide(ops, graph.Losses, capacity, null));
        Divide(ops, graph.Losses, capacity, _block.Pointer);

        if (training) _parameterGradients = new AlignedBlock(graph.ParameterBlockLength);
    }

    /// <summary>Whether dropout drops and batch norm uses the batch's own statistics.</summary>
    public bool Training { get; }

    /// <summary>Rows of this shard in the present batch.</summary>
    public int Rows { get; private set; }

    /// <summary>The shard's first row within the batch.</summary>
    public int FirstRow { get; private set; }

    /// <summary>Rows of the whole batch.</summary>
    public int BatchRows { get; private set; }

    /// <summary>Seed of this step's noise.</summary>
    public ulong Noise { get; private set; }

    /// <summary>The frames of all shards, this one among them.</summary>
    public Frame[] Peers { get; set; } = [];

    /// <summary>By op: its weights as packed for this step.</summary>
    public float*[] Packed { get; }

    public ParameterStore Store { get; }

    public void Begin(int firstRow, int rows, int batchRows, ulong noise)
    {
        FirstRow = firstRow;
        Rows = rows;
        BatchRows = batchRows;
        Noise = noise;
    }

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

    public int* Ids(IdNode node) => _inputs.Ids(node) + (long)FirstRow * node.Fields;

    /// <summary>Offsets of the shard's rows [Rows + 1], into <see cref="BagIds"/>.</summary>
    public int* BagOffsets(BagNode node) => _inputs.BagOffsets(node) + FirstRow;

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

    public float* ParameterGradients => _parameterGradients!.Pointer;

    public void Dispose()
    {
        _block.Dispose();
        _parameterGradients?.Dispose();
    }

    // an input's value lies beside the plan, another's is the one that it equals
    private float* OwnOrInput(Node node)
    {
        // a dropout that was fused has a value of its own although the graph's does nothing here
        while (_values[node.Index] is null && node.Op.IsIdentity(Training)) node = node.Op.Inputs[0];
        if (node.Op is InputOp) return _inputs.Dense(node) + (long)FirstRow * node.Width;
        return _values[node.Index] is var value && value is not null
            ? value
            : throw new ArgumentException($"the plan does not keep the value of '{node}'; name it among the nodes to watch", nameof(node));
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
