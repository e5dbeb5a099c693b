namespace Sundry.Simulator;

/// <summary>Draws an index with probability proportional to its weight, in constant time (Walker's alias method).</summary>
internal sealed class WeightedChoice
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    public WeightedChoice(ReadOnlySpan<double> weights)
    {
        var count = weights.Length;
        _keep = new double[count];
        _alias = new int[count];
        double sum = 0;
        foreach (var weight in weights) sum += weight;

        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < count; i++)
        {
            _keep[i] = weights[i] * count / sum;
            _alias[i] = i;
            (_keep[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var poor = small.Pop();
            var rich = large.Peek();
            _alias[poor] = rich;
            _keep[rich] -= 1 - _keep[poor];
            if (_keep[rich] < 1) small.Push(large.Pop());
        }

        // what rounding has left over is certain to be kept
        foreach (var i in small) _keep[i] = 1;
        foreach (var i in large) _keep[i] = 1;
    }

    public int Draw(ref SeededStream draws)
    {
        var slot = draws.Below(_keep.Length);
        return draws.Uniform() < _keep[slot] ? slot : _alias[slot];
    }
}
