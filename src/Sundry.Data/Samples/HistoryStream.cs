namespace Sundry.Data;

/// <summary>Every user's events of some types, one user after the other and each in order of time: what rows of a table are windows into.</summary>
internal sealed class HistoryStream
{
    private readonly PastEvent[] _entries;

    public HistoryStream(EventLog log, History history)
    {
        Log = log;
        History = history;
        Events = CounterPlan.Mask(history.Events, history.Name, log.Types);
        var starts = Starts = new int[log.Users.Count + 1];
        foreach (var chunk in new LogChunks(log))
            foreach (ref readonly var e in chunk)
                if (Holds(e)) starts[e.User + 1]++;
        for (int user = 0; user < log.Users.Count; user++) starts[user + 1] = checked(starts[user] + starts[user + 1]);
        _entries = new PastEvent[starts[^1]];
        var next = (int[])starts.Clone();
        foreach (var chunk in new LogChunks(log))
            foreach (ref readonly var e in chunk)
                if (Holds(e)) _entries[next[e.User]++] = new PastEvent(e.Item, Tally.Seconds(e.Time), e.Type);
    }

    public EventLog Log { get; }

    public History History { get; }

    /// <summary>The types as a set of bits.</summary>
    public ulong Events { get; }

    /// <summary>[users + 1] where each user's entries begin.</summary>
    public int[] Starts { get; }

    public ReadOnlySpan<PastEvent> Entries => _entries;

    /// <summary>Whether an event is in somebody's history.</summary>
    public bool Holds(in ShopEvent e) => e.User >= 0 && e.Item >= 0 && (Events >> e.Type & 1) == 1;
}
