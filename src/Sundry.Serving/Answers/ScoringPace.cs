namespace Sundry.Serving;

/// <summary>
/// Whether two threads score an answer's candidates sooner than one. Where processors are free they do; where others are busy on them, the second half waits for its turn. What
/// each way took lately decides, and the other is tried now and then. Safe from several threads at once.
/// </summary>
internal sealed class ScoringPace
{
    private const int TryEvery = 16;
    private const double Learning = 0.1;

    private readonly double[] _ticks = [-1, -1];
    private int _asked;

    /// <summary>Whether to divide the next answer's candidates.</summary>
    public bool Divides()
    {
        var (whole, halves) = (Volatile.Read(ref _ticks[0]), Volatile.Read(ref _ticks[1]));
        var better = whole < 0 || (halves >= 0 && halves > whole) ? 0 : 1;
        return (Interlocked.Increment(ref _asked) % TryEvery == 0 ? 1 - better : better) == 1;
    }

    /// <summary>Learns what an answer's scores took.</summary>
    /// <param name="divided">Whether its candidates were divided.</param>
    /// <param name="ticks">How long it took.</param>
    /// <param name="candidates">How many there were.</param>
    public void Learn(bool divided, long ticks, int candidates)
    {
        ref var known = ref _ticks[divided ? 1 : 0];
        var (now, before) = (ticks / (double)Math.Max(1, candidates), Volatile.Read(ref known));
        // a thread that was put aside for long says little about the next time
        Volatile.Write(ref known, before < 0 ? now : (1 - Learning) * before + Learning * Math.Min(now, 4 * before));
    }
}
