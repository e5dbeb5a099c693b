namespace Sundry.Serving;

/// <summary>What was committed in this process and one follower has not taken yet, in order. What is not in it must be read from the store: it holds no more than <see cref="Most"/> events.</summary>
internal sealed class CommitTail(Action wake, Action<CommitTail> leave) : IDisposable
{
    /// <summary>The most events that wait; a follower that is further behind reads the store.</summary>
    public const int Most = 20_000;

    private readonly Queue<TailCommit> _commits = [];
    private long _events;
    private bool _gap;

    /// <summary>Adds a commit; null where something else than events has changed, or may have, which must be read.</summary>
    public void Add(TailCommit? commit)
    {
        lock (_commits)
        {
            if (commit is not null) _commits.Enqueue(commit);
            _gap |= commit is null;
            _events += commit?.Count ?? 0;
            if (_events > Most)
            {
                _commits.Clear();
                (_events, _gap) = (0, true);
            }
        }

        wake();
    }

    /// <summary>The commit that comes next after a position; null where there is none.</summary>
    public TailCommit? Take(long position)
    {
        lock (_commits)
        {
            while (_commits.TryPeek(out var first) && first.From < position) Drop();
            if (!_commits.TryPeek(out var next)) return null;
            if (next.From == position) return Drop();
            // somebody else has written meanwhile
            _gap = true;
            return null;
        }
    }

    /// <summary>Whether the store must be read since this was asked last.</summary>
    public bool TakeGap()
    {
        lock (_commits)
        {
            var gap = _gap;
            _gap = false;
            return gap;
        }
    }

    public void Dispose() => leave(this);

    private TailCommit Drop()
    {
        var commit = _commits.Dequeue();
        _events -= commit.Count;
        return commit;
    }
}

/// <summary>A commit of nothing but events.</summary>
/// <param name="From">The last position before it.</param>
/// <param name="UpTo">Its last.</param>
/// <param name="Works">What was written.</param>
internal sealed record TailCommit(long From, long UpTo, IReadOnlyList<AppendWork> Works)
{
    /// <summary>About how many events it has: a position that was taken for an event that was there already is not used again.</summary>
    public long Count => UpTo - From;

    /// <summary>Adds the events as reading the store gives them.</summary>
    public void AddTo(List<LiveEvent> events)
    {
        foreach (var work in Works)
            for (var i = 0; i < work.Records.Length; i++)
                if (work.Positions[i] > 0) events.Add(LiveEvent.Of(work.Positions[i], work.Records[i]));
    }
}
