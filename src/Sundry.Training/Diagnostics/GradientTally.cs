namespace Sundry.Training;

/// <summary>Adds up Gram matrices of tasks' gradients: norms, cosines, and how often a cosine is negative.</summary>
/// <param name="tasks">Names of the tasks.</param>
/// <param name="layers">Names of the layers whose cosines are kept besides.</param>
internal sealed class GradientTally(IReadOnlyList<string> tasks, IReadOnlyList<string> layers)
{
    private readonly Mean[] _norms = new Mean[tasks.Count];
    private readonly Mean[,] _cosines = new Mean[tasks.Count, tasks.Count];
    private readonly Mean[,] _conflicts = new Mean[tasks.Count, tasks.Count];
    private readonly Mean[][,] _layers = [.. layers.Select(_ => new Mean[tasks.Count, tasks.Count])];
    private int _steps;

    /// <summary>Forgets what was added.</summary>
    public void Clear()
    {
        _steps = 0;
        Array.Clear(_norms);
        Array.Clear(_cosines);
        Array.Clear(_conflicts);
        foreach (var layer in _layers) Array.Clear(layer);
    }

    /// <summary>Adds a step.</summary>
    /// <param name="gram">[tasks, tasks]: inner products over everything shared; a task whose gradient is 0 has no part in the step.</param>
    public void Add(double[,] gram)
    {
        _steps++;
        for (var t = 0; t < tasks.Count; t++)
        {
            if (gram[t, t] > 0) _norms[t].Add(Math.Sqrt(gram[t, t]));
            for (var s = t + 1; s < tasks.Count; s++)
            {
                if (Cosine(gram, t, s) is not { } cosine) continue;
                _cosines[t, s].Add(cosine);
                _conflicts[t, s].Add(cosine < 0 ? 1 : 0);
            }
        }
    }

    /// <summary>Adds what a layer has to say of the step that was added last.</summary>
    public void Add(int layer, double[,] gram)
    {
        for (var t = 0; t < tasks.Count; t++)
            for (var s = t + 1; s < tasks.Count; s++)
                if (Cosine(gram, t, s) is { } cosine)
                    _layers[layer][t, s].Add(cosine);
    }

    /// <summary>What was added; null where nothing was.</summary>
    public GradientRecord? Record()
    {
        if (_steps == 0) return null;
        var pairs = new List<PairRecord>();
        for (var t = 0; t < tasks.Count; t++)
            for (var s = t + 1; s < tasks.Count; s++)
                pairs.Add(new PairRecord(
                    tasks[t], tasks[s], _cosines[t, s].Count, _cosines[t, s].Value, _conflicts[t, s].Value,
                    Enumerable.Range(0, layers.Count).Where(l => _layers[l][t, s].Count > 0).ToDictionary(l => layers[l], l => _layers[l][t, s].Value)));
        return new GradientRecord(_steps, Enumerable.Range(0, tasks.Count).ToDictionary(t => tasks[t], t => _norms[t].Value), pairs);
    }

    private static double? Cosine(double[,] gram, int t, int s) =>
        gram[t, t] > 0 && gram[s, s] > 0 && double.IsFinite(gram[t, t]) && double.IsFinite(gram[s, s]) ? gram[t, s] / Math.Sqrt(gram[t, t] * gram[s, s]) : null;

    private struct Mean
    {
        private double _sum;

        public int Count { get; private set; }

        public readonly double Value => _sum / Count;

        public void Add(double value)
        {
            _sum += value;
            Count++;
        }
    }
}
