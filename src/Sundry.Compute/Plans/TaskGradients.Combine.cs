namespace Sundry.Compute;

public sealed unsafe partial class TaskGradients
{
    private const int ChunkLength = 1024;

    private readonly Action<int> _combineWork;
    private readonly AlignedBlock[] _rooms;
    private readonly double[] _shared;
    private readonly double[] _own;
    private CoordinateRule? _rule;

    /// <summary>Makes the gradient of the next update: for shared tensors the weighted sum of the tasks', for what belongs to one task its own times <paramref name="own"/>.</summary>
    /// <param name="shared">[tasks]; or [<see cref="Tensors"/>, tasks].</param>
    /// <param name="own">[tasks].</param>
    public void Combine(ReadOnlySpan<double> shared, ReadOnlySpan<double> own)
    {
        if (shared.Length != Tasks && shared.Length != Tensors * Tasks)
            throw new ArgumentException($"{shared.Length} weights for {Tasks} tasks and {Tensors} tensors", nameof(shared));
        for (var i = 0; i < _shared.Length; i++) _shared[i] = shared[shared.Length == Tasks ? i % Tasks : i];
        Run(null, own);
    }

    /// <summary>The same, the shared coordinates being combined one by one.</summary>
    /// <param name="rule">Called for chunks that together hold every shared coordinate once.</param>
    /// <param name="own">[tasks].</param>
    public void Combine(CoordinateRule rule, ReadOnlySpan<double> own) => Run(rule, own);

    private void Run(CoordinateRule? rule, ReadOnlySpan<double> own)
    {
        own[..Tasks].CopyTo(_own);
        _rule = rule;
        _run.Team.Run(_combineWork);
        _run.Frames[0].BeginBackward();
        foreach (var parameter in _graph.Parameters)
            if (_reached[parameter.Index])
                _run.Frames[0].Contribute(parameter, out _);
        _plan.TakeCombined();
    }

    private void CombineShare(int worker)
    {
        var workers = _run.Team.Size;
        var room = _rooms[worker].Pointer;
        var sources = stackalloc float*[_walks];
        var weights = stackalloc float[Tasks];
        for (var i = worker; i < _blocks.Length; i += workers)
        {
            var block = _blocks[i];
            for (var w = 0; w < _walks; w++) sources[w] = Stored(w, block);
            var tensor = _tensors.Of(block.Parameter);
            for (var t = 0; t < Tasks; t++) weights[t] = Weight(tensor, t, _tensors.Reach[t].Has(block.Parameter));
            var at = block.Parameter.Offset + block.Start;
            Combine(_run.Frames[0].ParameterGradients + at, sources, tensor >= 0 ? _rule : null, weights, block.Length, at, room);
        }

        for (var i = worker; i < _tensors.Alone.Count; i += workers)
        {
            var (parameter, walk) = _tensors.Alone[i];
            var scale = walk < Tasks ? (float)_own[walk] : 1;
            var gradient = _run.Frames[0].ParameterGradients + parameter.Offset;
            if (scale != 1 && _reached[parameter.Index]) Elementwise.ScaleTo(gradient, gradient, scale, parameter.Length);
        }

        for (var p = worker; p < _run.Frames.Length; p += workers)
        {
            var before = _graph.ParameterBlockLength;
            foreach (var table in _graph.Tables)
            {
                var tensor = _tensors.Of(table);
                for (var t = 0; t < Tasks; t++) weights[t] = Weight(tensor, t, _tensors.Reach[t].Has(table));
                var (from, to) = (_rows[table.Index][p], _plan.Rows(table, p));
                to.Clear();
                for (var slot = 0; slot < from.Count; slot++)
                {
                    var row = from.Row(slot);
                    for (var w = 0; w < _walks; w++) sources[w] = from.Gradient(slot) + w * table.Width;
                    Combine(to.Slot(row), sources, tensor >= 0 ? _rule : null, weights, table.Width, before + (long)row * table.Width, room);
                }

                before += (long)table.Rows * table.Width;
            }
        }
    }

    // what is no shared tensor belongs to one task, and a penalty may add to it
    private float Weight(int tensor, int task, bool reached) => (float)(tensor >= 0 ? _shared[tensor * Tasks + task] : reached ? _own[task] : 0);

    private void Combine(float* to, float** sources, CoordinateRule? rule, float* weights, int length, long coordinate, float* room)
    {
        if (rule is null)
        {
            Elementwise.Fill(to, 0, length);
            for (var t = 0; t < Tasks; t++)
                if (weights[t] != 0)
                    Elementwise.AxpyTo(to, sources[t], weights[t], length);
        }
        else
        {
            for (var start = 0; start < length; start += ChunkLength)
            {
                var n = Math.Min(ChunkLength, length - start);
                for (var t = 0; t < Tasks; t++) Elementwise.Copy(room + t * n, sources[t] + start, n);
                rule((ulong)(coordinate + start), new ReadOnlySpan<float>(room, Tasks * n), new Span<float>(to + start, n));
            }
        }

        if (_walks > Tasks) Elementwise.AddTo(to, sources[Tasks], length);
    }
}
