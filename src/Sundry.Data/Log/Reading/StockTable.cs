namespace Sundry.Data;

/// <summary>Reads what was delivered, or what is left.</summary>
internal static class StockTable
{
    /// <summary>The rows about items of the log; null where there is no table.</summary>
    /// <param name="options">Where the table is; null: nowhere.</param>
    /// <param name="items">The items that events or the catalogue name; rows about others say nothing that anybody asks.</param>
    /// <param name="request">The log.</param>
    /// <param name="tally">Counts its rows.</param>
    /// <exception cref="InputException">The table cannot be read, or a quantity or time is none and bad rows stop the reading.</exception>
    public static List<StockRow>? Read(LogTableOptions? options, Names items, LogRequest request, LogTally tally)
    {
        if (options is null) return null;
        using var table = LogTable.Open(options, request, mayBeEmpty: true);
        var times = new EventTime(request.Data.Log!.TimeFormat);
        int item = table.Require("item", options.Columns);
        int quantity = table.Require("quantity", options.Columns);
        int time = table.Find("time", options.Columns);
        var rows = new List<StockRow>();
        while (table.Read())
        {
            var row = table.Current;
            long at = 0;
            if (!NumberText.TryParse(row[quantity], out float many)) table.Refuse($"{FieldText.Quote(row[quantity])} is not a number, which a quantity must be", quantity);
            else if (time >= 0 && !times.TryParse(row[time], out at)) table.Refuse(times.Problem(row[time]), time);
            else if (items.Find(row[item]) is >= 0 and var number) rows.Add(new StockRow(number, time < 0 ? null : at, many));
        }

        tally.Refused.Add(table.Refused);
        tally.OtherRows += table.RowsRead;
        return rows;
    }
}
