namespace Sundry.Data;

/// <summary>Reads who is whose friend.</summary>
internal static class FriendTable
{
    /// <summary>Pairs of users, each pair once, the smaller number first; empty where there is no table.</summary>
    /// <exception cref="InputException">The table cannot be read, or an edge leads to nobody and bad rows stop the reading.</exception>
    public static List<(int User, int Friend)> Read(LogTableOptions? options, Names users, LogRequest request, LogTally tally)
    {
        var pairs = new List<(int User, int Friend)>();
        if (options is null) return pairs;
        using var table = LogTable.Open(options, request, mayBeEmpty: true);
        int user = table.Require("user", options.Columns);
        int friend = table.Require("friend", options.Columns);
        var known = new PairIndex();
        while (table.Read())
        {
            var row = table.Current;
            int a = users.Find(row[user]);
            int b = users.Find(row[friend]);
            if (a < 0 || b < 0)
            {
                int column = a < 0 ? user : friend;
                table.Refuse($"{FieldText.Quote(row[column])} is nobody: neither the customers' table nor an event names this user; correct the edge, or set data.on_bad_row: skip", column);
                continue;
            }

            if (a == b)
            {
                table.Refuse($"{FieldText.Quote(row[user])} is named as a friend of themselves; remove the edge", friend);
                continue;
            }

            var (low, high) = a < b ? (a, b) : (b, a);
            long pair = ((long)low << 32) | (uint)high;
            if (known.Find(pair) >= 0) continue;
            known.Set(pair, pairs.Count);
            pairs.Add((low, high));
        }

        tally.Refused.Add(table.Refused);
        tally.OtherRows += table.RowsRead;
        return pairs;
    }
}
