namespace Sundry.Serving;

/// <summary>What <see cref="ServeSoak"/> has counted so far; clients count at the same time.</summary>
internal sealed class SoakTally
{
    private readonly long[] _counts = new long[Enum.GetValues<SoakCount>().Length];
    private string? _first;

    /// <summary>The longest time from a start to being ready; the cycles' own thread sets it.</summary>
    public double SlowestReadyMs { get; set; }

    public long this[SoakCount what] => Interlocked.Read(ref _counts[(int)what]);

    public void Add(SoakCount what, long count = 1) => Interlocked.Add(ref _counts[(int)what], count);

    /// <summary>Counts a promise that was broken, and keeps the first in words.</summary>
    public void Wrong(SoakCount what, string words, long count = 1)
    {
        if (count == 0) return;
        Add(what, count);
        Interlocked.CompareExchange(ref _first, words, null);
    }

    public ServeSoakResult Result() => new(
        (int)this[SoakCount.Cycles], (int)this[SoakCount.Starting], (int)this[SoakCount.Stopping], this[SoakCount.Acknowledged], this[SoakCount.Changes], this[SoakCount.Answers], this[SoakCount.Doubts], this[SoakCount.Busy],
        this[SoakCount.Lost], this[SoakCount.Doubled], this[SoakCount.Torn], this[SoakCount.Strayed], this[SoakCount.Broken], this[SoakCount.Faults], (int)this[SoakCount.Differing], (int)this[SoakCount.Compared],
        (int)this[SoakCount.Restored], (int)this[SoakCount.Damaged], (int)this[SoakCount.Late], SlowestReadyMs, Volatile.Read(ref _first));
}

/// <summary>What is counted, as <see cref="ServeSoakResult"/> describes it.</summary>
internal enum SoakCount
{
    Cycles,
    Starting,
    Stopping,
    Acknowledged,
    Changes,
    Answers,
    Doubts,
    Busy,
    Lost,
    Doubled,
    Torn,
    Strayed,
    Broken,
    Faults,
    Differing,
    Compared,
    Restored,
    Damaged,
    Late,
}
