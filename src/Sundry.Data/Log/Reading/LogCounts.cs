namespace Sundry.Data;

/// <summary>Counts what a log holds.</summary>
internal static class LogCounts
{
    /// <summary>The summary of a log; what its side tables hold is left to be filled in.</summary>
    public static LogSummary Of(EventLog log, ReadOnlySpan<ShopEvent> events, LogTally tally) => new()
    {
        Events = events.Length,
        Types = Types(log.Types, events),
        Users = log.Users.Count,
        Items = log.Items.Count,
        Sessions = log.Sessions.Count,
        First = events.IsEmpty ? null : DateTimeOffset.FromUnixTimeMilliseconds(events[0].Time),
        Last = events.IsEmpty ? null : DateTimeOffset.FromUnixTimeMilliseconds(events[^1].Time),
        RowsRead = tally.Rows,
        Duplicates = tally.Duplicates,
        OutOfOrder = tally.OutOfOrder,
        Late = tally.Late,
        LatestBySeconds = tally.LatestBy / 1000.0,
        AheadOfClock = tally.AheadOfClock,
        AfterUntil = tally.AfterUntil,
        UnknownTypes = tally.UnknownTypes,
        UnknownItems = tally.UnknownItems,
        UnknownUsers = tally.UnknownUsers,
        ReturnsByQuantity = tally.ReturnsByQuantity,
        ReturnsUnmatched = Unmatched(events),
        Bots = tally.Bots,
        BotEvents = tally.BotEvents,
        RowsRefused = tally.Refused.Count,
        Refused = tally.Refused.First,
        ItemColumns = [.. log.ItemColumns.Select(column => column.Name)],
        UserColumns = [.. log.UserColumns.Select(column => column.Name)],
        Context = [.. log.Context.Select(column => column.Name)],
        Categories = log.CategoryParents.Count,
        Friends = log.Friends.Count,
        Stock = log.Stock?.Count ?? 0,
    };

    private static OrderedDictionary<string, long> Types(EventTypes types, ReadOnlySpan<ShopEvent> events)
    {
        Span<long> counts = stackalloc long[EventTypes.Most];
        foreach (ref readonly var one in events) counts[one.Type]++;
        var named = new OrderedDictionary<string, long>();
        for (int i = 0; i < types.Names.Count; i++)
            if (counts[i] > 0) named.Add(types.Names[i], counts[i]);
        return named;
    }

    /// <summary>Returns that no purchase of the same item by the same user, or in the same visit, comes before.</summary>
    private static long Unmatched(ReadOnlySpan<ShopEvent> events)
    {
        var bought = new HashSet<(int User, int Session, int Item)>();
        bool any = false;
        foreach (ref readonly var one in events) any |= one.Type == EventTypes.Return;
        if (!any) return 0;
        long unmatched = 0;
        foreach (ref readonly var one in events)
        {
            var pair = (one.User, one.User >= 0 ? -1 : one.Session, one.Item);
            if (one.Type == EventTypes.Purchase) bought.Add(pair);
            else if (one.Type == EventTypes.Return && !bought.Contains(pair)) unmatched++;
        }

        return unmatched;
    }
}
