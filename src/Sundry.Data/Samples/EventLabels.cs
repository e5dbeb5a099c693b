namespace Sundry.Data;

/// <summary>
/// Labels of rows that are events: what follows a row within a task's window. An event belongs to the last row before it of the same user (without one, of the same session) and
/// item; for a task that comes after others, to the last such row that is positive in one of them: what is bought was clicked where it was clicked.
/// </summary>
internal static class EventLabels
{
    /// <summary>[task][row] the labels, those of windows that the log does not hold whole not yet masked.</summary>
    public static float[][] Of(EventLog log, LogFacts facts, SampleRow[] rows, int rowType, IReadOnlyList<EventTask> tasks)
    {
        var labels = new float[tasks.Count][];
        // for each task the tasks that come after it and look for its positives
        var followers = new List<int>[tasks.Count];
        var own = new PairIndex?[tasks.Count];
        bool anyRow = false;
        for (int t = 0; t < tasks.Count; t++)
        {
            labels[t] = new float[rows.Length];
            labels[t].AsSpan().Fill(tasks[t].Nothing);
            followers[t] = [];
        }

        for (int t = 0; t < tasks.Count; t++)
        {
            foreach (var before in tasks[t].Options.After)
                for (int b = 0; b < tasks.Count; b++)
                    if (tasks[b].Name == before && tasks[b].Within > 0) followers[b].Add(t);
            if (followers.Any(list => list?.Contains(t) == true)) own[t] = new PairIndex();
            else anyRow |= tasks[t].Within > 0;
        }

        var last = anyRow || own.Any(index => index is not null) ? new PairIndex() : null;
        var asked = last is null ? null : Asked(log, facts, tasks);
        int row = 0;
        var chunks = new LogChunks(log);
        while (chunks.MoveNext())
        {
            var events = chunks.Current;
            for (int i = 0; i < events.Length; i++)
            {
                ref readonly var e = ref events[i];
                for (int t = 0; t < tasks.Count; t++)
                {
                    var task = tasks[t];
                    if (task.Type != e.Type || task.Within == 0 || e.Item < 0) continue;
                    int of = Find(own[t] ?? last!, log, e);
                    if (of < 0 || e.Time - rows[of].Time > task.Within) continue;
                    labels[t][of] = task.After(labels[t][of], e);
                    foreach (int follower in followers[t]) Keep(own[follower]!, log, facts, e, of);
                }

                if (e.Type != rowType) continue;
                for (; row < rows.Length && rows[row].Event == chunks.Start + i; row++)
                {
                    for (int t = 0; t < tasks.Count; t++)
                    {
                        if (tasks[t].Within == 0) labels[t][row] = rows[row].Sampled ? 0 : tasks[t].After(tasks[t].Nothing, e);
                        else if (rows[row].Sampled) labels[t][row] = float.NaN;
                    }

                    if (!rows[row].Sampled && last is not null) Keep(last, log, facts, e, row, asked);
                }
            }
        }

        return labels;
    }

    private static int Find(PairIndex index, EventLog log, in ShopEvent e)
    {
        int row = e.User >= 0 ? index.Find(Key(e.User, e.Item)) : -1;
        return row < 0 && e.Session >= 0 ? index.Find(Key(log.Users.Count + e.Session, e.Item)) : row;
    }

    // rows are kept by session only in a log that has events without a user
    private static void Keep(PairIndex index, EventLog log, LogFacts facts, in ShopEvent e, int row, PairFilter? asked = null)
    {
        if (e.User >= 0) Keep(index, Key(e.User, e.Item), row, asked);
        if (e.Session >= 0 && facts.HasSessionsAlone) Keep(index, Key(log.Users.Count + e.Session, e.Item), row, asked);
    }

    private static void Keep(PairIndex index, long key, int row, PairFilter? asked)
    {
        if (asked?.MayHold(key) != false) index.Set(key, row);
    }

    // most of what is shown is never clicked: rows that no event will look for need not be kept
    private static PairFilter Asked(EventLog log, LogFacts facts, IReadOnlyList<EventTask> tasks)
    {
        ulong types = 0;
        foreach (var task in tasks)
            if (task.Within > 0) types |= 1UL << task.Type;
        long events = 0;
        for (int type = 0; type < facts.Counts.Length; type++)
            if ((types >> type & 1) == 1) events += facts.Counts[type];
        var asked = new PairFilter(events);
        foreach (var chunk in new LogChunks(log))
        {
            foreach (ref readonly var e in chunk)
            {
                if ((types >> e.Type & 1) == 0 || e.Item < 0) continue;
                if (e.User >= 0) asked.Add(Key(e.User, e.Item));
                if (e.Session >= 0 && facts.HasSessionsAlone) asked.Add(Key(log.Users.Count + e.Session, e.Item));
            }
        }

        return asked;
    }

    private static long Key(long who, int item) => who << 32 | (uint)item;
}
