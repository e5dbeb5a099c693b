namespace Sundry.Data;

/// <summary>Finds who does more within an hour than people do.</summary>
internal static class BotFilter
{
    private const long Hour = 3_600_000;

    /// <summary>Takes out the events of everybody with more than <paramref name="most"/> events in any 60 minutes.</summary>
    /// <param name="events">The events, in order of time.</param>
    /// <param name="count">How many there are; becomes how many are left.</param>
    /// <param name="users">How many users there are: an event without one is of its session.</param>
    /// <param name="sessions">How many sessions there are.</param>
    /// <param name="most">The most events in an hour.</param>
    /// <param name="columns">Further columns of the events.</param>
    /// <returns>How many are left out.</returns>
    public static int Remove(ShopEvent[] events, ref int count, int users, int sessions, int most, IEnumerable<ColumnBuilder> columns)
    {
        // events actor by actor: a counting sort keeps each one's in order of time
        var ends = new int[users + sessions + 1];
        for (int i = 0; i < count; i++) ends[Actor(events[i], users) + 1]++;
        for (int i = 1; i < ends.Length; i++) ends[i] += ends[i - 1];
        var places = new int[count];
        var next = ends[..^1];
        for (int i = 0; i < count; i++) places[next[Actor(events[i], users)]++] = i;

        var bots = new bool[users + sessions];
        int found = 0;
        for (int actor = 0; actor < bots.Length; actor++)
        {
            for (int last = ends[actor] + most; last < ends[actor + 1] && !bots[actor]; last++)
                bots[actor] = events[places[last]].Time - events[places[last - most]].Time < Hour;
            if (bots[actor]) found++;
        }

        if (found > 0) Keep(events, ref count, users, bots, columns);
        return found;
    }

    private static int Actor(in ShopEvent of, int users) => of.User >= 0 ? of.User : users + of.Session;

    private static void Keep(ShopEvent[] events, ref int count, int users, bool[] bots, IEnumerable<ColumnBuilder> columns)
    {
        var kept = new List<int>(count);
        for (int i = 0; i < count; i++)
        {
            if (bots[Actor(events[i], users)]) continue;
            events[kept.Count] = events[i];
            kept.Add(i);
        }

        count = kept.Count;
        foreach (var column in columns) column.Reorder(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept));
    }
}
