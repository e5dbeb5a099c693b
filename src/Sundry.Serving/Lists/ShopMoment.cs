using System.Globalization;
using Sundry.Data;

namespace Sundry.Serving;

/// <summary>A shop as of a moment: the past folded once, where each customer was last, and what things cost. Any number of threads may read it.</summary>
public sealed class ShopMoment
{
    private readonly EventLog _log;
    private readonly int[] _lastRow;
    private readonly float[] _prices;

    /// <summary>Folds a log up to a moment.</summary>
    /// <param name="encoder">The encoder whose counters and histories are kept.</param>
    /// <param name="log">The log.</param>
    /// <param name="until">The moment, Unix milliseconds: what happened before it is seen. Null: just after the last event.</param>
    /// <param name="cancel">Ends it.</param>
    public ShopMoment(Encoder encoder, EventLog log, long? until = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        State = SampleEncoder.NewState(encoder, log);
        _lastRow = new int[log.Users.Count];
        Array.Fill(_lastRow, -1);
        _prices = CataloguePrices(log);
        var events = new ShopEvent[4096];
        var over = false;
        for (int start = 0, count; !over && (count = log.Read(start, events)) > 0; start += count)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < count; i++)
            {
                ref readonly var e = ref events[i];
                if (over = e.Time >= until) break;
                State.Add(e);
                if (e.User >= 0 && e.Scenario >= 0) _lastRow[e.User] = start + i;
                if (e.Item >= 0 && e.Price >= 0) _prices[e.Item] = e.Price;
            }
        }

        Time = until ?? State.Time + 1;
    }

    /// <summary>The moment, Unix milliseconds.</summary>
    public long Time { get; }

    /// <summary>The counters and histories.</summary>
    public ShopState State { get; }

    /// <summary>The newest price of an item that an event named, else the catalogue's; NaN where nobody says.</summary>
    public float Price(int item) => _prices[item];

    /// <summary>An item shown to a user now: first on the page, in the place of the shop where the user was last.</summary>
    /// <param name="user">The user.</param>
    /// <param name="item">The item.</param>
    /// <param name="context">[context columns] receives what was last known of the user's; -1 where nothing is.</param>
    public ShopEvent Shown(int user, int item, Span<int> context)
    {
        var shown = new ShopEvent
        {
            Time = Time,
            User = user,
            Item = item,
            Session = -1,
            Scenario = -1,
            Recommendation = -1,
            Text = -1,
            Quantity = 1,
            Price = _prices[item],
            Value = float.NaN,
            Position = 1,
        };
        context.Fill(-1);
        if ((uint)user >= (uint)_lastRow.Length || _lastRow[user] is not (>= 0 and var last)) return shown;
        Span<ShopEvent> one = [default];
        _log.Read(last, one);
        shown.Scenario = one[0].Scenario;
        for (var c = 0; c < context.Length; c++) context[c] = _log.Context[c][last];
        return shown;
    }

    private static float[] CataloguePrices(EventLog log)
    {
        var prices = new float[log.Items.Count];
        Array.Fill(prices, float.NaN);
        if (log.ItemColumns.FirstOrDefault(c => c.Name == "price") is not { } column) return prices;
        for (var item = 0; item < prices.Length; item++)
            if (column[item] is >= 0 and var text && float.TryParse(column.Values[text], NumberStyles.Float, CultureInfo.InvariantCulture, out var price)) prices[item] = price;
        return prices;
    }
}
