namespace Sundry.Compute;

/// <summary>
/// The dense half of an update: adds up the gradients of the shards in a fixed order, block by block, and hands each block to the
/// optimiser while it is still in the cache.
/// </summary>
internal sealed unsafe class DenseUpdate
{
    private const int BlockLength = 8192;

    private readonly ParameterStore _store;
    private readonly Optimizer _optimizer;
    private readonly Frame[] _frames;
    private readonly List<Block> _blocks = [];
    private bool _any;

    public DenseUpdate(Graph graph, ParameterStore store, Optimizer optimizer, Frame[] frames)
    {
        _store = store;
        _optimizer = optimizer;
        _frames = frames;
        foreach (var parameter in graph.Parameters)
        {
            if (!parameter.Trainable) continue;
            for (var start = 0; start < parameter.Length; start += BlockLength)
                _blocks.Add(new Block(parameter, parameter.Offset + start, Math.Min(BlockLength, parameter.Length - start)));
        }
    }

    /// <summary>Adds the gradients of all shards into the first one's.</summary>
    public void Reduce(int worker, int workers, int rows)
    {
        if (worker == 0) _any = rows > 0;
        for (var i = worker; i < _blocks.Count; i += workers)
        {
            var block = _blocks[i];
            if (!_frames[0].Reached(block.Parameter)) continue;
            var sum = _frames[0].ParameterGradients + block.Offset;
            for (var s = 1; s < _frames.Length; s++)
                Elementwise.AddTo(sum, _frames[s].ParameterGradients + block.Offset, block.Length);
        }
    }

    public double SumOfSquares()
    {
        var sum = 0.0;
        foreach (var block in _blocks)
            if (_frames[0].Reached(block.Parameter))
                sum += Elementwise.SumOfSquares(_frames[0].ParameterGradients + block.Offset, block.Length);
        return sum;
    }

    public void Apply(OptimizerStep step, int worker, int workers)
    {
        if (!_any) return;
        for (var i = worker; i < _blocks.Count; i += workers)
        {
            var block = _blocks[i];
            if (!_frames[0].Reached(block.Parameter)) continue;
            _optimizer.Update(step, _store.ValueBlock + block.Offset, Moment(0, block), Moment(1, block), _frames[0].ParameterGradients + block.Offset, block.Length);
        }
    }

    public void CopyGradient(Parameter parameter, Span<float> destination)
    {
        if (!_frames[0].Reached(parameter)) destination[..parameter.Length].Clear();
        else new ReadOnlySpan<float>(_frames[0].ParameterGradients + parameter.Offset, parameter.Length).CopyTo(destination);
    }

    private float* Moment(int moment, Block block) => moment < _store.Moments ? _store.MomentPointer(moment) + block.Offset : null;

    private readonly record struct Block(Parameter Parameter, long Offset, int Length);
}
