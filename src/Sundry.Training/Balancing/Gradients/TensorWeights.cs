namespace Sundry.Training;

/// <summary>One weight a task from weights by tensor: their mean over the tensors, each counted by the length of the task's gradient in it.</summary>
/// <param name="tasks">Number of tasks.</param>
internal sealed class TensorWeights(int tasks)
{
    private readonly double[] _sums = new double[tasks];
    private readonly double[] _lengths = new double[tasks];

    public void Add(ReadOnlySpan<double> weights, double[,] gram)
    {
        for (var t = 0; t < tasks; t++)
        {
            var length = Math.Sqrt(Math.Max(0, gram[t, t]));
            _sums[t] += length * weights[t];
            _lengths[t] += length;
        }
    }

    public void Means(Span<double> means)
    {
        for (var t = 0; t < tasks; t++) means[t] = _lengths[t] > 0 ? _sums[t] / _lengths[t] : 0;
    }
}
