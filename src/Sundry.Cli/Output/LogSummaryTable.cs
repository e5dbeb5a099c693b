using Spectre.Console;
using Sundry.Data;

namespace Sundry.Cli;

/// <summary>What <c>log</c> found, for people.</summary>
internal static class LogSummaryTable
{
    public static void Write(LogSummary summary)
    {
        var types = new Table().Title("events").Border(TableBorder.Rounded).AddColumn("type");
        foreach (var column in new[] { "events", "share" }) types.AddColumn(new TableColumn(column).RightAligned());
        foreach (var (type, count) in summary.Types) types.AddRow(new Text(type), new Text(count.ToString("N0")), new Text(((double)count / summary.Events).ToString("P1")));
        Terminal.People.Write(types);
        Terminal.Say($"{summary.Events:N0} events from {Time(summary.First)} to {Time(summary.Last)}");
        Terminal.Say($"{summary.Users:N0} users, {summary.Items:N0} items, {summary.Sessions:N0} sessions");
        Say(summary.CatalogueItems, "items are in the catalogue", summary.ItemColumns);
        Say(summary.ListedUsers, "users are in the customers' table", summary.UserColumns);
        if (summary.Context.Count > 0) Terminal.Say($"further columns of the events: {string.Join(", ", summary.Context)}");
        Say(summary.Categories, "categories have a parent");
        Say(summary.Friends, "pairs of friends");
        Say(summary.Stock, "deliveries, or rows of what is left in stock");
        Say(summary.UnknownItems, "events are about items that the catalogue lacks");
        Say(summary.UnknownUsers, "events are of users whom the customers' table lacks");
        Say(summary.UnknownTypes, "events of unknown types were left out");
        Say(summary.Duplicates, "events were left out because an earlier one has their id");
        if (summary.OutOfOrder > 0)
            Terminal.Say($"{summary.OutOfOrder:N0} events were put in order; {summary.Late:N0} of them came late, the latest {Span(summary.LatestBySeconds)} behind a newer one");
        Say(summary.AheadOfClock, "events are a little ahead of this machine's clock");
        Say(summary.AfterUntil, "events from data.log.until on were left out");
        Say(summary.ReturnsByQuantity, "purchases of a negative quantity became returns");
        Say(summary.ReturnsUnmatched, "returns are of something that was not bought in the log before");
        if (summary.Bots > 0) Terminal.Say($"{summary.Bots:N0} users were taken for programs and left out with {summary.BotEvents:N0} events");
        Say(summary.ListedTwice, "rows of the catalogue and the customers' table are about one that was listed before; the first row holds");
        foreach (var refused in summary.Refused.Take(10)) Terminal.Say($"refused: {refused.File} line {refused.Line}: {refused.Reason}");
        Say(summary.RowsRefused, "rows were refused in all");
        Terminal.Say($"{summary.RowsRead:N0} rows of events in {summary.Seconds:0.00} s");
    }

    private static void Say(long count, string what, IReadOnlyList<string>? columns = null)
    {
        if (count > 0) Terminal.Say($"{count:N0} {what}{(columns is { Count: > 0 } ? ": " + string.Join(", ", columns) : "")}");
    }

    private static string Time(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss") : "-";

    private static string Span(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 8_640_000_000)).ToString(seconds < 86_400 ? "hh\\:mm\\:ss" : "d\\.hh\\:mm\\:ss");
}
