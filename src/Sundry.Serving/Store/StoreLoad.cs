using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>
/// Puts a log that was read from files or a database into a store: the catalogue, the customers, friendships, and all events in order of time. It may be done again, after an interruption or with a longer log: what is
/// there already stays as it is.
/// </summary>
public static class StoreLoad
{
    private const int PerBatch = 1000;
    private const int Ahead = 4;

    /// <summary>Loads.</summary>
    /// <param name="log">What to load.</param>
    /// <param name="store">Where to.</param>
    /// <param name="progress">Hears how many events are in the store and which share of all that is.</param>
    /// <param name="cancel">Stops between batches; what was loaded stays.</param>
    /// <exception cref="InputException">An item's or a user's attributes cannot be stored.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot write just now.</exception>
    public static async Task<StoreLoadResult> Run(Data.EventLog log, ShopStore store, IProgress<PrepareProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(store);
        var watch = Stopwatch.StartNew();
        var items = await store.Items.Put([.. Enumerable.Range(0, log.Items.Count).Select(i => (log.Items.Text(i), Attributes(log.ItemColumns, i)))], cancel);
        var users = await store.Users.Put([.. Enumerable.Range(0, log.Users.Count).Where(u => log.UserColumns.Any(c => c[u] >= 0)).Select(u => (log.Users.Text(u), Attributes(log.UserColumns, u)))], cancel);
        var friends = await store.Friends.Put([.. log.Friends.Select(f => (log.Users.Text(f.User), log.Users.Text(f.Friend)))], removed: false, cancel);
        var result = new StoreLoadResult(items, users, friends, 0, 0, 0, null, 0);
        // several batches wait at once, so that the store commits them together
        var waiting = new Queue<Task<IReadOnlyList<EventReceipt>>>();
        var events = new ShopEvent[PerBatch];
        for (int start = 0, count; (count = log.Read(start, events)) > 0; start += count)
        {
            cancel.ThrowIfCancellationRequested();
            if (waiting.Count == Ahead) result = result.With(await waiting.Dequeue());
            var records = new EventRecord[count];
            for (var i = 0; i < count; i++) records[i] = Record(log, events[i], start + i);
            waiting.Enqueue(store.Events.Append(records, cancel));
            progress?.Report(new PrepareProgress("loading", start + count, (double)(start + count) / log.Count));
        }

        while (waiting.TryDequeue(out var batch)) result = result.With(await batch);
        return result with { Seconds = watch.Elapsed.TotalSeconds };
    }

    private static EventRecord Record(Data.EventLog log, in ShopEvent e, int index) => new()
    {
        Type = log.Types.Names[e.Type],
        User = Text(log.Users, e.User),
        Session = Text(log.Sessions, e.Session),
        Item = Text(log.Items, e.Item),
        Time = e.Time,
        Quantity = Number(e.Quantity),
        Price = Number(e.Price),
        Value = Number(e.Value),
        Position = e.Position > 0 ? e.Position : null,
        Scenario = Text(log.Scenarios, e.Scenario),
        Recommendation = Text(log.Recommendations, e.Recommendation),
        Text = Text(log.Texts, e.Text),
        Context = log.Context.Any(c => c[index] >= 0) ? Attributes(log.Context, index) : null,
    };

    private static string? Text(Names names, int number) => number < 0 ? null : names.Text(number);

    // the decimal that was written, not the binary fraction behind it
    private static double? Number(float value) => float.IsNaN(value) ? null : double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Attributes(IReadOnlyList<NamedColumn> columns, int index)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var column in columns)
        {
            if (column[index] is not (>= 0 and var number)) continue;
            var text = column.Values.Text(number);
            // a number that reads the same again is one; 007 is a name
            if (text.Length < 16 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value.ToString(CultureInfo.InvariantCulture) == text) json.WriteNumber(column.Name, value);
            else json.WriteString(column.Name, text);
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
