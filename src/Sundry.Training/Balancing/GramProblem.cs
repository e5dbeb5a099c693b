namespace Sundry.Training;

/// <summary>What a <see cref="GramBalancer"/> solves in one step: the tasks whose gradient is not 0, numbered anew.</summary>
/// <param name="Gram">[n, n]: &lt;g_t, g_s&gt;; every diagonal element is positive.</param>
/// <param name="Losses">[n]: the mean losses in the batch.</param>
/// <param name="Preference">[n]: the tasks' weights in the configuration as shares of their sum; 1 / n where all are alike.</param>
/// <param name="Step">Number of the step, from 0.</param>
public sealed record GramProblem(double[,] Gram, double[] Losses, double[] Preference, long Step)
{
    /// <summary>Number of tasks.</summary>
    public int Count => Losses.Length;

    /// <summary>‖g_t‖.</summary>
    public double Norm(int task) => Math.Sqrt(Gram[task, task]);

    /// <summary>The matrix of cosines, with a diagonal of 1.</summary>
    public double[,] Cosines()
    {
        var cosines = new double[Count, Count];
        for (var t = 0; t < Count; t++)
            for (var s = 0; s < Count; s++)
                cosines[t, s] = t == s ? 1 : Gram[t, s] / (Norm(t) * Norm(s));
        return cosines;
    }

    /// <summary>‖Σ w_t g_t‖.</summary>
    public double Length(ReadOnlySpan<double> weights)
    {
        var square = 0.0;
        for (var t = 0; t < Count; t++)
            for (var s = 0; s < Count; s++)
                square += weights[t] * Gram[t, s] * weights[s];
        return Math.Sqrt(Math.Max(0, square));
    }
}
