namespace Sundry.Data;

/// <summary>Puts events into order of time; those of one moment stay as they were.</summary>
internal static class EventOrder
{
    /// <summary>Sorts the first <paramref name="count"/> events, and their further columns alike. Beside the events it needs 12 bytes each.</summary>
    public static void Sort(ShopEvent[] events, int count, IEnumerable<ColumnBuilder> columns)
    {
        var times = new long[count];
        var order = new int[count];
        for (int i = 0; i < count; i++) (times[i], order[i]) = (events[i].Time, i);
        Array.Sort(times, order);
        // the sort is not stable: put the numbers of one moment in order too
        for (int start = 0, end; start < count; start = end)
        {
            for (end = start + 1; end < count && times[end] == times[start];) end++;
            if (end - start > 1) Array.Sort(order, start, end - start);
        }

        foreach (var column in columns) column.Reorder(order);
        Apply(events, order);
    }

    // round by round in place: what comes to i was at order[i]
    private static void Apply(ShopEvent[] events, int[] order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            if (order[i] < 0) continue;
            var first = events[i];
            int to = i;
            while (order[to] != i)
            {
                int from = order[to];
                events[to] = events[from];
                order[to] = ~from;
                to = from;
            }

            events[to] = first;
            order[to] = ~i;
        }
    }
}
