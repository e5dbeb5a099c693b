namespace Sundry.Compute;

/// <summary>
/// Which versions are being read, without a lock: a reader claims a mark and writes its version there, and memory that a version needed is used again
/// only when no mark is that old.
/// </summary>
internal sealed class ReaderMarks
{
    // more readers at once than any machine has threads at work
    private const int Marks = 256;
    private const int Apart = 8;     // a line of memory each
    private readonly long[] _marks = new long[(Marks + 1) * Apart];

    /// <summary>Claims a mark for a version, which is at least 1; waits where all are taken.</summary>
    public int Claim(long version)
    {
        var wait = new SpinWait();
        for (var mark = Environment.CurrentManagedThreadId % Marks; ; mark = (mark + 1) % Marks)
        {
            ref var place = ref _marks[(mark + 1) * Apart];
            if (Volatile.Read(ref place) == 0 && Interlocked.CompareExchange(ref place, version, 0) == 0) return mark;
            wait.SpinOnce();
        }
    }

    /// <summary>Moves a claimed mark to a later version.</summary>
    public void Move(int mark, long version) => Interlocked.Exchange(ref _marks[(mark + 1) * Apart], version);

    /// <summary>Frees a mark.</summary>
    public void Free(int mark) => Volatile.Write(ref _marks[(mark + 1) * Apart], 0);

    /// <summary>The oldest version that is being read, or <paramref name="newest"/> where none is.</summary>
    public long Oldest(long newest)
    {
        Interlocked.MemoryBarrier();
        var oldest = newest;
        for (var mark = 0; mark < Marks; mark++)
            if (Volatile.Read(ref _marks[(mark + 1) * Apart]) is not 0 and var version)
                oldest = Math.Min(oldest, version);
        return oldest;
    }
}
