namespace Sundry.Data;

/// <summary>A log's past on its way to samples: counters and how much of each user's history has happened, advanced to one moment after the other.</summary>
internal sealed class SampleFold
{
    private readonly EventLog _log;
    private readonly ShopState? _state;
    private readonly HistoryStream[] _streams;
    private readonly int[][] _seen;
    private readonly ShopEvent[] _buffer = new ShopEvent[4096];
    private int _start;
    private int _count;
    private int _next;
    private int _user = -1;
    private long _time = long.MinValue;

    public SampleFold(EventLog log, IReadOnlyList<Counter> counters, HistoryStream[] streams, IReadOnlyList<Neighbours>? neighbours = null)
    {
        _log = log;
        _streams = streams;
        _seen = Array.ConvertAll(streams, stream => new int[log.Users.Count]);
        if (counters.Count + (neighbours?.Count ?? 0) > 0) _state = new ShopState(counters, [], log, neighbours: neighbours);
        Counters = new float[counters.Count];
    }

    /// <summary>[counters] as they were before the row.</summary>
    public float[] Counters { get; }

    /// <summary>The past as it was before the row; null where nothing is kept but histories.</summary>
    public ShopState? State => _state;

    /// <summary>Advances to a row: what was before its time is seen, what is of its time is not.</summary>
    public void MoveTo(in SampleRow row)
    {
        // the products of one page are of one user and moment
        bool same = row.Time == _time && row.User == _user;
        (_time, _user) = (row.Time, row.User);
        while (!same)
        {
            if (_next == _count)
            {
                _start += _count;
                _count = _log.Read(_start, _buffer);
                _next = 0;
                if (_count == 0) break;
            }

            ref readonly var e = ref _buffer[_next];
            if (e.Time >= row.Time) break;
            _next++;
            _state?.Add(e);
            for (int i = 0; i < _streams.Length; i++)
                if (_streams[i].Holds(e)) _seen[i][e.User]++;
        }

        _state?.Read(row.User, row.Item, row.Time, Counters, itemsAlone: same);
    }

    /// <summary>What a row sees of a stream.</summary>
    public RowWindow Window(int stream, in SampleRow row)
    {
        uint time = Tally.Seconds(row.Time);
        if (row.User < 0) return new RowWindow(0, 0, time);
        int start = _streams[stream].Starts[row.User];
        int end = start + _seen[stream][row.User];
        return new RowWindow(Math.Max(start, end - _streams[stream].History.Length), end, time);
    }
}
