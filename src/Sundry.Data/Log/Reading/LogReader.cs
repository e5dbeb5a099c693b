using System.Diagnostics;

namespace Sundry.Data;

/// <summary>Reads a shop's log with its catalogue and customers into memory: 48 bytes an event, and each name once.</summary>
public static class LogReader
{
    /// <summary>Reads the log that a configuration describes.</summary>
    /// <param name="request">Which log.</param>
    /// <param name="progress">Hears of it every few thousand rows, on this thread.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InputException">A table cannot be read, or a row cannot be used and bad rows stop the reading.</exception>
    public static (EventLog Log, LogSummary Summary) Read(LogRequest request, IProgress<PrepareProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = request.Data.Log ?? throw new InputException("there is no 'data.log'; name the shop's events there");
        var watch = Stopwatch.StartNew();
        var missing = new MissingTexts(request.Data.Missing);
        var (users, items) = (new Names(), new Names());
        var catalogue = AttributeTable.Read(options.Items, "item", items, request, missing);
        var customers = AttributeTable.Read(options.Users, "user", users, request, missing);
        var events = new EventCollector(request, users, items, missing, Report);
        var tally = events.Tally;
        var categories = CategoryTree.Read(options.Categories, request, missing, tally);
        events.Run();
        int count = events.Count;
        if (!events.Ordered) EventOrder.Sort(events.Events, count, events.Columns);
        if (options.Bots is { } bots)
        {
            int before = count;
            tally.Bots = BotFilter.Remove(events.Events, ref count, users.Count, events.Sessions.Count, bots.EventsPerHour, events.Columns);
            tally.BotEvents = before - count;
        }

        tally.Refused.Add(catalogue.Refused);
        tally.Refused.Add(customers.Refused);
        var friends = FriendTable.Read(options.Friends, users, request, tally);
        var stock = StockTable.Read(options.Stock, items, request, tally);
        CheckRefused(request.Data, tally, tally.Rows + tally.OtherRows + catalogue.Rows + customers.Rows);
        if (count == 0) throw new InputException($"the log has no event that can be used (of {tally.Rows:N0} rows, {tally.Refused.Count:N0} were refused); look at what is left out with: sundry log");
        var sized = events.Events;
        // a little room too much is not worth a copy of everything
        if (sized.Length - count > count / 8) Array.Resize(ref sized, count);
        var log = new EventLog(sized, count)
        {
            Types = events.Types,
            Users = users,
            Items = items,
            Sessions = events.Sessions,
            Scenarios = events.Scenarios,
            Recommendations = events.Recommendations,
            Texts = events.Texts,
            Context = [.. events.Context.Select(column => column.Build(count))],
            Ids = events.Ids?.Build(count),
            ItemColumns = catalogue.Build(),
            UserColumns = customers.Build(),
            CategoryParents = categories,
            Friends = friends,
            Stock = stock,
        };
        return (log, LogCounts.Of(log, sized.AsSpan(0, count), tally) with
        {
            CatalogueItems = catalogue.Listed,
            ListedUsers = customers.Listed,
            ListedTwice = catalogue.Duplicates + customers.Duplicates,
            Seconds = watch.Elapsed.TotalSeconds,
        });

        void Report(long rows, double share)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new PrepareProgress("reading", rows, share));
        }
    }

    private static void CheckRefused(DataOptions data, LogTally tally, long rows)
    {
        if (tally.Refused.Count <= rows * data.MaxBadRows.Value) return;
        var first = tally.Refused.First[0];
        throw new InputException($"{tally.Refused.Count} of {rows} rows cannot be used, more than data.max_bad_rows allows; the first: {first.Reason}", first.File, first.Line);
    }
}
