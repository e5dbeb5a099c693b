namespace Sundry.Training;

/// <summary>One step as a balancer sees it.</summary>
/// <param name="losses">The mean loss of each task over its rows of the batch; 0 where the batch holds none.</param>
/// <param name="rows">The weight of each task's rows in the batch; 0 where it holds none.</param>
/// <param name="step">Number of the step over the whole training, from 0.</param>
/// <param name="epoch">The epoch, counted from 1.</param>
public readonly ref struct BalancingStep(ReadOnlySpan<double> losses, ReadOnlySpan<double> rows, long step, int epoch)
{
    private readonly ReadOnlySpan<double> _rows = rows;

    /// <summary>The mean loss of each task over its rows of the batch; 0 where the batch holds none.</summary>
    public ReadOnlySpan<double> Losses { get; } = losses;

    /// <summary>Number of the step over the whole training, from 0.</summary>
    public long Step { get; } = step;

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>Number of tasks.</summary>
    public int Tasks => Losses.Length;

    /// <summary>Whether the batch holds a row of a task.</summary>
    public bool Has(int task) => _rows[task] > 0;

    /// <summary>Number of tasks that the batch holds a row of.</summary>
    public int Present()
    {
        var count = 0;
        for (var t = 0; t < Tasks; t++)
            if (Has(t))
                count++;
        return count;
    }
}
