namespace Sundry.Data;

/// <summary>What one look at a log tells: its types of events, its first and last time, and whether events lack a user.</summary>
internal sealed class LogFacts
{
    public LogFacts(EventLog log)
    {
        First = long.MaxValue;
        Last = long.MinValue;
        foreach (var chunk in new LogChunks(log))
        {
            foreach (ref readonly var e in chunk)
            {
                Counts[e.Type]++;
                First = Math.Min(First, e.Time);
                Last = Math.Max(Last, e.Time);
                if (e.User < 0 && e.Session >= 0) HasSessionsAlone = true;
            }
        }
    }

    /// <summary>[type] events.</summary>
    public long[] Counts { get; } = new long[EventTypes.Most];

    public long First { get; }

    public long Last { get; }

    /// <summary>Whether some events have a session and no user.</summary>
    public bool HasSessionsAlone { get; }
}
