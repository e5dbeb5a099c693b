using Sundry.Compute;

namespace Sundry.Training;

/// <summary>
/// Inter-task look-ahead affinity: Z_ij = 1 − L_j(θ − η_i g_i) / L_j(θ) on the same batch, θ being what tasks share, averaged over steps. Fifty et al.,
/// "Efficiently identifying task groupings for multi-task learning", NeurIPS 2021. The steps of all tasks are equally long, unless a rate is given.
/// </summary>
/// <param name="tasks">Number of tasks.</param>
/// <param name="rate">η for all tasks, as in the paper; null for steps of equal length that better a task's own loss by about a hundredth.</param>
internal sealed class LookAhead(int tasks, double? rate)
{
    /// <summary>By how much of itself a task's own loss falls, to first order and in the mean over tasks.</summary>
    private const double OwnGain = .01;

    private readonly double[,] _sums = new double[tasks, tasks];
    private readonly double[,] _squares = new double[tasks, tasks];
    private readonly int[,] _counts = new int[tasks, tasks];
    private readonly double[,] _after = new double[tasks, tasks];
    private readonly double[] _rates = new double[tasks];

    /// <summary>Looks from the present step.</summary>
    /// <param name="gradients">The tasks' gradients.</param>
    /// <param name="losses">By task: the mean loss in the batch.</param>
    /// <param name="gram">Their inner products; a task whose gradient is 0 takes no step.</param>
    public void Look(TaskGradients gradients, ReadOnlySpan<double> losses, double[,] gram)
    {
        Rates(losses, gram);
        gradients.LookAhead(_rates, _after);
        for (var i = 0; i < tasks; i++)
            for (var j = 0; j < tasks; j++)
            {
                // the loss of a count can be negative: better is less all the same
                var z = (losses[j] - _after[i, j]) / Math.Abs(losses[j]);
                if (!(gram[i, i] > 0) || !(gram[j, j] > 0) || !double.IsFinite(z)) continue;
                _sums[i, j] += z;
                _squares[i, j] += z * z;
                _counts[i, j]++;
            }
    }

    /// <summary>The mean over steps of what a step for one task does to the loss of another; NaN where no step held both.</summary>
    public double Mean(int of, int onto) => _sums[of, onto] / _counts[of, onto];

    /// <summary>The standard error of the mean; NaN with fewer than two steps.</summary>
    public double Error(int of, int onto)
    {
        var n = _counts[of, onto];
        if (n < 2) return double.NaN;
        var mean = Mean(of, onto);
        return Math.Sqrt(Math.Max(0, _squares[of, onto] / n - mean * mean) / (n - 1));
    }

    private void Rates(ReadOnlySpan<double> losses, double[,] gram)
    {
        double sum = 0;
        var known = 0;
        for (var i = 0; i < tasks; i++)
        {
            if (!(gram[i, i] > 0) || losses[i] == 0) continue;
            sum += Math.Log(Math.Abs(losses[i])) - Math.Log(gram[i, i]) / 2;
            known++;
        }

        var length = known == 0 ? 0 : OwnGain * Math.Exp(sum / known);
        for (var i = 0; i < tasks; i++)
            _rates[i] = gram[i, i] > 0 ? rate ?? length / Math.Sqrt(gram[i, i]) : 0;
    }
}
