using Sundry.Data;

namespace Sundry.Serving;

/// <summary>What is left of each item of a shop at a moment.</summary>
public static class ItemStock
{
    private const string Column = "stock";

    /// <summary>
    /// By the log's own table: of deliveries with a time what came before the moment less what was bought before it (what is sent back is no stock until it is a delivery), else what the table says is
    /// left; an item that the table does not name has none. Without such a table by the catalogue's column <c>stock</c>.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="until">The moment, Unix milliseconds.</param>
    /// <returns>[items] pieces; null where nobody says.</returns>
    /// <exception cref="InputException">The catalogue's stock is no number.</exception>
    public static double[]? Of(EventLog log, long until)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (log.Stock is null) return Of(log.ItemColumns, log.Items);
        var left = new double[log.Items.Count];
        var counted = false;
        foreach (var row in log.Stock)
        {
            counted |= row.Time is not null;
            if (row.Time is null || row.Time < until) left[row.Item] += row.Quantity;
        }

        if (!counted) return left;
        var events = new ShopEvent[4096];
        for (int start = 0, count; (count = log.Read(start, events)) > 0; start += count)
        {
            foreach (ref readonly var e in events.AsSpan(0, count))
            {
                if (e.Time >= until) return left;
                if (e.Type == EventTypes.Purchase && e.Item >= 0) left[e.Item] -= float.IsNaN(e.Quantity) ? 1 : e.Quantity;
            }
        }

        return left;
    }

    /// <summary>By a catalogue's column <c>stock</c>; an item without a number there is plentiful.</summary>
    /// <param name="columns">What is known of items.</param>
    /// <param name="items">The items.</param>
    /// <returns>[items] pieces; null where there is no such column.</returns>
    /// <exception cref="InputException">It holds something else than numbers.</exception>
    public static double[]? Of(IReadOnlyList<NamedColumn> columns, Names items)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (columns.FirstOrDefault(c => c.Name == Column) is not { } column) return null;
        var left = new double[items.Count];
        for (var item = 0; item < left.Length; item++)
        {
            if (column[item] is not (>= 0 and var text)) left[item] = double.PositiveInfinity;
            else if (!RowValue.TryNumber(column.Values.Text(text), out left[item]))
                throw new InputException($"the item '{items.Text(item)}' has the {Column} '{column.Values.Text(text)}', which is no number of pieces; write one, call the column otherwise, or keep what is sold out with --sold-out");
        }

        return left;
    }

    /// <summary>The items of <paramref name="allowed"/> (null: all) of which something is left, and how many are left out for that.</summary>
    /// <exception cref="InputException">None is left.</exception>
    public static (bool[] Allowed, int SoldOut) Available(double[] left, bool[]? allowed)
    {
        ArgumentNullException.ThrowIfNull(left);
        var available = left.Select((pieces, item) => pieces > 0 && allowed?[item] != false).ToArray();
        var without = left.Where((pieces, item) => !(pieces > 0) && allowed?[item] != false).Count();
        return available.Contains(true) ? (available, without) : throw new InputException("every item that could be recommended is sold out; keep those with --sold-out, or bring the stock up to date");
    }
}
