using System.Globalization;
using System.Text.Json.Nodes;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>Puts a log that was read into a store: catalogue, customers, friendships and events, in order of time. What is there already is not doubled.</summary>
public static class ShopFiller
{
    private const int Batch = 5000;

    /// <summary>Fills a store.</summary>
    /// <param name="store">The store; its clock must not be before the log's end.</param>
    /// <param name="log">The log.</param>
    /// <param name="stock">For each item of the log how many there are; null where nobody counts.</param>
    /// <param name="progress">Told how many events are in the store.</param>
    /// <param name="cancel">Gives up; what was written stays.</param>
    /// <exception cref="InputException">An event of the log cannot be stored.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public static async Task Fill(ShopStore store, EventLog log, IReadOnlyList<double>? stock, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(log);
        await store.Items.Put([.. Enumerable.Range(0, log.Items.Count).Select(i => (log.Items.Text(i), Attributes(log.ItemColumns, i, stock?[i])))], cancel);
        await store.Users.Put([.. Enumerable.Range(0, log.Users.Count).Select(u => (log.Users.Text(u), Attributes(log.UserColumns, u, null)))], cancel);
        if (log.Friends.Count > 0) await store.Friends.Put([.. log.Friends.Select(f => (log.Users.Text(f.User), log.Users.Text(f.Friend)))], cancel: cancel);
        var buffer = new ShopEvent[Batch];
        for (var start = 0; log.Read(start, buffer) is var count and > 0; start += count)
        {
            // the place in the log makes events of one moment different, and the same again when the log is read again
            var events = Enumerable.Range(0, count).Select(i => Record(log, buffer[i], start + i)).ToList();
            var receipts = await store.Events.Append(events, cancel);
            if (receipts.FirstOrDefault(r => r.Outcome == EventOutcome.Refused) is { Reason: { } reason }) throw new InputException($"an event of the log cannot be stored: {reason}");
            progress?.Report(start + count);
        }
    }

    private static EventRecord Record(EventLog log, ShopEvent from, int place)
    {
        JsonObject? context = null;
        foreach (var column in log.Context)
            if (column[place] is var value and >= 0) (context ??= [])[column.Name] = column.Values.Text(value);
        return new EventRecord
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{from.Time:x12}-{place}"),
            Type = log.Types.Names[from.Type],
            Time = from.Time,
            User = Text(log.Users, from.User),
            Session = Text(log.Sessions, from.Session),
            Item = Text(log.Items, from.Item),
            Scenario = Text(log.Scenarios, from.Scenario),
            Recommendation = Text(log.Recommendations, from.Recommendation),
            Text = Text(log.Texts, from.Text),
            Quantity = from.Quantity == 1 ? null : from.Quantity,
            Price = float.IsNaN(from.Price) ? null : from.Price,
            Value = float.IsNaN(from.Value) ? null : from.Value,
            Position = from.Position == 0 ? null : from.Position,
            Context = context?.ToJsonString(),
        };
    }

    private static string? Text(Names names, int number) => number < 0 ? null : names.Text(number);

    private static string Attributes(IReadOnlyList<NamedColumn> columns, int row, double? stock)
    {
        var json = new JsonObject();
        foreach (var column in columns)
        {
            if (column[row] is not (var value and >= 0)) continue;
            var text = column.Values.Text(value);
            json[column.Name] = column.Name == "price" && double.TryParse(text, CultureInfo.InvariantCulture, out var price) ? price : text;
        }

        if (stock is { } pieces) json["stock"] = pieces;
        return json.ToJsonString();
    }
}
