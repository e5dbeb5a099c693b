namespace Sundry.Compute;

/// <summary>
/// Works the batch norms of a scoring plan into the layers before them: by running statistics a norm is a scale and a shift of each column, and
/// (x W + b) s + t = x (W s) + (b s + t). Where nobody else reads what lies between, the plan runs the layer alone, on a copy of the weights in which it
/// is changed; the stored weights stay as they are.
/// </summary>
internal sealed unsafe class Folding : IDisposable
{
    private readonly ParameterStore _store;
    private readonly List<(IAffine Layer, BatchNormOp Norm)> _folds = [];
    private readonly AlignedBlock? _weights;

    /// <summary>Looks for what can be folded.</summary>
    /// <param name="store">The weights.</param>
    /// <param name="ops">A scoring plan's ops.</param>
    /// <param name="outputs">What the plan is asked for.</param>
    public Folding(ParameterStore store, Op[] ops, IReadOnlyList<Node> outputs)
    {
        _store = store;
        var readers = ops.SelectMany(op => op.Inputs).Concat(outputs).CountBy(node => node).ToDictionary();
        var plan = ops.ToDictionary(op => op.Output);
        foreach (var norm in ops.OfType<BatchNormOp>())
        {
            var before = norm.Inputs[0];
            if (readers[before] > 1 || plan.GetValueOrDefault(before) is not ActivatedOp { Activated: var then } op || then != Activated.Not) continue;
            // weights that another op looks at, be it to compare them, must stay what they are
            if (op is not IAffine layer || ops.Count(o => o.Parameters.Contains(layer.Weight)) > 1) continue;
            _folds.Add((layer, norm));
            plan.Remove(before);
            plan[norm.Output] = layer.With(norm.Shift, norm.Activated);
            plan[norm.Output].Output = norm.Output;
        }

        Ops = [.. ops.Where(op => plan.ContainsKey(op.Output)).Select(op => plan[op.Output])];
        if (_folds.Count > 0) _weights = new AlignedBlock(store.Graph.ParameterBlockLength);
    }

    /// <summary>The ops in the order of the walk.</summary>
    public Op[] Ops { get; }

    /// <summary>The parameter block that the plan reads: the store's own where nothing is folded.</summary>
    public float* Weights => _weights is null ? _store.ValueBlock : _weights.Pointer;

    /// <summary>Takes over the stored weights as they are now, and folds them.</summary>
    public void Refresh()
    {
        if (_weights is null) return;
        Elementwise.Copy(Weights, _store.ValueBlock, _store.Graph.ParameterBlockLength);
        foreach (var (layer, norm) in _folds)
        {
            norm.Fold(Weights, layer.Bias);
            var columns = layer.Weight.Columns;
            var rows = layer.Weight.Rows / (norm.Width / columns);
            for (var row = 0; row < layer.Weight.Rows; row++)
            {
                var w = Weights + layer.Weight.Offset + (long)row * columns;
                Elementwise.Multiply(w, w, Weights + norm.Scale.Offset + (long)(row / rows) * columns, columns);
            }
        }
    }

    public void Dispose() => _weights?.Dispose();
}
