namespace Sundry.Data;

/// <summary>Rows that are events of one type, with sampled negatives where they are asked for.</summary>
internal static class EventRows
{
    private const int Draws = 8;

    /// <summary>The rows in order of time; the negatives of a row follow it.</summary>
    /// <param name="log">The log.</param>
    /// <param name="type">The rows' type.</param>
    /// <param name="count">How many such events there are.</param>
    /// <param name="negatives">How negatives are drawn, or null.</param>
    /// <param name="seed">Another seed draws others.</param>
    /// <param name="keepRate">The negatives that were drawn for each item that might have been: known at that time and not the row's own; 1 where none are drawn.</param>
    public static SampleRow[] Of(EventLog log, int type, long count, NegativeOptions? negatives, ulong seed, out double keepRate)
    {
        int each = negatives?.Count ?? 0;
        keepRate = 1;
        if (count * (1 + each) > Array.MaxLength / 2) throw new InputException($"the log makes {count * (1 + each)} rows; {Array.MaxLength / 2} are the most");
        var rows = new SampleRow[count * (1 + each)];
        int used = 0;
        long drawn = 0;
        double possible = 0;
        // items in the order in which they were first seen, and the item of every row so far: a draw from it is a draw by popularity
        var known = new List<int>();
        var seen = each == 0 ? [] : new bool[log.Items.Count];
        var shown = new List<int>();
        var chunks = new LogChunks(log);
        while (chunks.MoveNext())
        {
            var events = chunks.Current;
            for (int i = 0; i < events.Length; i++)
            {
                ref readonly var e = ref events[i];
                bool isRow = e.Type == type && e.Item >= 0;
                if (isRow) rows[used++] = new SampleRow { Time = e.Time, User = e.User, Item = e.Item, Event = chunks.Start + i };
                if (isRow && each > 0)
                {
                    var from = negatives!.By == NegativeRule.Popularity ? shown : known;
                    int others = known.Count - (seen[e.Item] ? 1 : 0);
                    possible += others;
                    for (int n = 0; n < each && from.Count > 0; n++)
                    {
                        for (int draw = 0; draw < Draws; draw++)
                        {
                            ulong hash = ByteHash.Of((long)(chunks.Start + i) << 16 | (uint)(n * Draws + draw), seed);
                            int item = from[(int)(ByteHash.Unit(hash) * from.Count)];
                            if (item == e.Item) continue;
                            rows[used++] = new SampleRow { Time = e.Time, User = e.User, Item = item, Event = chunks.Start + i, Sampled = true };
                            drawn++;
                            break;
                        }
                    }
                }

                if (each == 0 || e.Item < 0) continue;
                if (isRow) shown.Add(e.Item);
                if (seen[e.Item]) continue;
                seen[e.Item] = true;
                known.Add(e.Item);
            }
        }

        if (used < rows.Length) Array.Resize(ref rows, used);
        if (drawn > 0) keepRate = Math.Min(1, drawn / possible);
        return rows;
    }
}
