namespace Sundry.Compute;

/// <summary>
/// The dense half of an update: adds up the gradients of the shards in a fixed order, block by block, and hands each block to the
/// optimiser while it is still in the cache.
/// </summary>
internal sealed unsafe class DenseUpdate
{
    private const int BlockLength = 4096;

    private readonly ParameterStore _store;
    private readonly Optimizer _optimizer;
    private readonly Frame[] _frames;
    private readonly Block[] _blocks;
    private readonly double[] _squares;

    public DenseUpdate(Graph graph, ParameterStore store, Optimizer optimizer, Frame[] frames)
    {
        _store = store;
        _optimizer = optimizer;
        _frames = frames;
        var blocks = new List<Block>();
        foreach (var parameter in graph.Parameters)
        {
            if (!parameter.Trainable) continue;
            for (var start = 0; start < parameter.Length; start += BlockLength)
                blocks.Add(new Block(parameter, parameter.Offset + start, Math.Min(BlockLength, parameter.Length - start)));
        }

        _blocks = [.. blocks];
        _squares = new double[_blocks.Length];
    }

    /// <summary>Adds the gradients of all shards into the first one's, unless that is done, for <see cref="SumOfSquares"/> to say how large they are together.</summary>
    public void Reduce(int worker, int workers, bool reduce)
    {
        for (var i = worker; i < _blocks.Length; i += workers)
        {
            var block = _blocks[i];
            if (!_frames[0].Reached(block.Parameter)) continue;
            if (reduce) AddUp(block);
            _squares[i] = Elementwise.SumOfSquares(_frames[0].ParameterGradients + block.Offset, block.Length);
        }
    }

    /// <summary>Of all gradients, after every worker has reduced its own: always added in the same order.</summary>
    public double SumOfSquares()
    {
        var sum = 0.0;
        for (var i = 0; i < _blocks.Length; i++)
            if (_frames[0].Reached(_blocks[i].Parameter))
                sum += _squares[i];
        return sum;
    }

    /// <summary>Changes the weights, block by block; <paramref name="reduce"/> says whether the shards' gradients are yet to be added up.</summary>
    public void Apply(OptimizerStep step, int worker, int workers, bool reduce)
    {
        for (var i = worker; i < _blocks.Length; i += workers)
        {
            var block = _blocks[i];
            if (!_frames[0].Reached(block.Parameter)) continue;
            if (reduce) AddUp(block);
            _optimizer.Update(step, _store.ValueBlock + block.Offset, Moment(0, block), Moment(1, block), _frames[0].ParameterGradients + block.Offset, block.Length);
            _optimizer.Shrink(step, block.Parameter, _store.ValueBlock + block.Offset, Moment(0, block), Moment(1, block), block.Length);
        }
    }

    public void CopyGradient(Parameter parameter, Span<float> destination)
    {
        if (!_frames[0].Reached(parameter)) destination[..parameter.Length].Clear();
        else new ReadOnlySpan<float>(_frames[0].ParameterGradients + parameter.Offset, parameter.Length).CopyTo(destination);
    }

    private void AddUp(Block block)
    {
        var sum = _frames[0].ParameterGradients + block.Offset;
        for (var s = 1; s < _frames.Length; s++)
            Elementwise.AddTo(sum, _frames[s].ParameterGradients + block.Offset, block.Length);
    }

    private float* Moment(int moment, Block block) => moment < _store.Moments ? _store.MomentPointer(moment) + block.Offset : null;

    private readonly record struct Block(Parameter Parameter, long Offset, int Length);
}
