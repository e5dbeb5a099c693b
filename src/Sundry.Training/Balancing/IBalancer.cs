namespace Sundry.Training;

/// <summary>
/// How the tasks' losses become one step. It is either an <see cref="IWeightBalancer"/>, which looks at losses, or an <see cref="IGradientBalancer"/>,
/// which looks at the tasks' gradients too. One instance serves one training, from its first step to its last.
/// </summary>
public interface IBalancer
{
    /// <summary>
    /// What it has learned or remembers: kept in the checkpoint and set before a resumed training goes on, which must then end with the
    /// same weights bit for bit.
    /// </summary>
    /// <value>Default: empty, for a balancer that remembers nothing.</value>
    double[] State
    {
        get => [];
        set { }
    }

    /// <summary>Told the mean loss of each task over an epoch that has just ended; NaN where no row of the task came.</summary>
    /// <param name="epoch">The epoch, counted from 1.</param>
    /// <param name="losses">By task.</param>
    void EndEpoch(int epoch, ReadOnlySpan<double> losses)
    {
    }
}
