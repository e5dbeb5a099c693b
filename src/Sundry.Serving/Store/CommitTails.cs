namespace Sundry.Serving;

/// <summary>Tells followers in this process of what was just committed, so that they need not read it.</summary>
internal sealed class CommitTails
{
    private volatile CommitTail[] _tails = [];

    /// <summary>Follows from now on; to be disposed.</summary>
    /// <param name="wake">Called when there is something new, on the writing thread; to be quick.</param>
    public CommitTail Follow(Action wake)
    {
        var tail = new CommitTail(wake, Leave);
        lock (this) _tails = [.. _tails, tail];
        return tail;
    }

    /// <summary>Tells all of them of a transaction that was committed.</summary>
    public void Add(WriteSession session, IReadOnlyList<StoreWork> works)
    {
        if (_tails is not { Length: > 0 } tails) return;
        var commit = session.HasOthers ? null : new TailCommit(session.From, session.UpTo, [.. works.OfType<AppendWork>()]);
        foreach (var tail in tails) tail.Add(commit);
    }

    /// <summary>Tells all of them to look by themselves.</summary>
    public void Look()
    {
        foreach (var tail in _tails) tail.Add(null);
    }

    private void Leave(CommitTail tail)
    {
        lock (this) _tails = [.. _tails.Where(t => t != tail)];
    }
}
