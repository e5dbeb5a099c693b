namespace Sundry.Data;

/// <summary>
/// Rows at fixed moments, one for each user, or for each item, that was active before: by default users every 28 days, items every day. The moments are midnights (UTC), the
/// first of them one period behind the log's first day.
/// </summary>
internal sealed class PeriodRows
{
    private readonly List<int> _starts = [];
    private readonly List<SampleRow> _rows = [];
    private readonly long _origin;
    private readonly long _every;
    private readonly bool _users;

    /// <summary>Makes the rows.</summary>
    /// <param name="log">The log.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="users">Whether rows are users rather than items.</param>
    /// <param name="every">Milliseconds between moments.</param>
    /// <param name="active">For how many milliseconds before a moment an event makes a user, or an item, active.</param>
    public PeriodRows(EventLog log, LogFacts facts, bool users, long every, long active)
    {
        _users = users;
        _every = every;
        _origin = log.Count == 0 ? 0 : facts.First - Modulo(facts.First, Duration.Day);
        var last = new long[users ? log.Users.Count : log.Items.Count];
        Array.Fill(last, long.MinValue);
        long next = _origin + every;
        foreach (var chunk in new LogChunks(log))
        {
            foreach (ref readonly var e in chunk)
            {
                while (e.Time >= next) next = Take(last, next, active);
                int key = Key(e);
                if (key >= 0) last[key] = e.Time;
            }
        }
    }

    /// <summary>The rows in order of time.</summary>
    public SampleRow[] ToArray() => [.. _rows];

    /// <summary>Calls <paramref name="take"/> with the row of every period whose window an event falls into.</summary>
    public void ForEach(in ShopEvent e, long within, Action<int> take)
    {
        int key = Key(e);
        if (key < 0) return;
        long newest = Math.Min(_starts.Count, (e.Time - _origin) / _every);
        for (long period = newest; period >= 1; period--)
        {
            if (e.Time >= _origin + period * _every + within) break;
            int row = Find((int)period - 1, key);
            if (row >= 0) take(row);
        }
    }

    private static long Modulo(long value, long by) => ((value % by) + by) % by;

    private int Key(in ShopEvent e) => _users ? e.User : e.Item;

    private long Take(long[] last, long moment, long active)
    {
        _starts.Add(_rows.Count);
        for (int key = 0; key < last.Length; key++)
            if (last[key] != long.MinValue && last[key] >= moment - active) _rows.Add(new SampleRow { Time = moment, User = _users ? key : -1, Item = _users ? -1 : key, Event = -1 });
        return moment + _every;
    }

    private int Find(int period, int key)
    {
        int low = _starts[period];
        int end = period + 1 < _starts.Count ? _starts[period + 1] : _rows.Count;
        int high = end;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if ((_users ? _rows[middle].User : _rows[middle].Item) < key) low = middle + 1;
            else high = middle;
        }

        return low < end && (_users ? _rows[low].User : _rows[low].Item) == key ? low : -1;
    }
}
