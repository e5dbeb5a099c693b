namespace Sundry.Data;

/// <summary>Collects the events of a log's tables in the order of reading, and leaves out those that the configuration does not want.</summary>
internal sealed class EventCollector
{
    private const int ReportEvery = 8192;
    private const int FirstCapacity = 1 << 14;

    private readonly LogRequest _request;
    private readonly LogOptions _log;
    private readonly MissingTexts _missing;
    private readonly Action<long, double> _report;
    private readonly Names _users;
    private readonly Names _items;
    private readonly int _listedUsers;
    private readonly int _listedItems;
    private readonly EventIds _ids = new();
    private readonly Dictionary<string, ColumnBuilder> _context = new(StringComparer.Ordinal);
    private readonly long _now;
    private readonly long _latest;
    private readonly long _until = long.MaxValue;
    private readonly long _lateAfter;
    private readonly NumberedField _session;
    private readonly NumberedField _scenario;
    private readonly NumberedField _recommendation;
    private ShopEvent[] _events = new ShopEvent[FirstCapacity];
    private int _table;
    private int _lastUser = -1;

    /// <summary>Prepares the collecting.</summary>
    /// <param name="request">The log.</param>
    /// <param name="users">The users that are listed; others are added.</param>
    /// <param name="items">The items that are listed; others are added.</param>
    /// <param name="missing">Texts that mean that a value is missing.</param>
    /// <param name="report">Told of rows and of the share that is done, now and then.</param>
    public EventCollector(LogRequest request, Names users, Names items, MissingTexts missing, Action<long, double> report)
    {
        _request = request;
        _log = request.Data.Log!;
        (_users, _items, _missing, _report) = (users, items, missing, report);
        (_session, _scenario, _recommendation) = (new NumberedField(Sessions), new NumberedField(Scenarios), new NumberedField(Recommendations));
        (_listedUsers, _listedItems) = (users.Count, items.Count);
        if (request.KeepIds) Ids = new ColumnBuilder("id");
        _now = request.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        _lateAfter = Duration.Parse(_log.LateAfter, "data.log.late_after", least: 0);
        _latest = _now + Duration.Parse(_log.ClockSkew, "data.log.clock_skew", least: 0);
        if (_log.Until is { } until && TimeText.TryParse(System.Text.Encoding.UTF8.GetBytes(until), out long end)) _until = end;
    }

    public EventTypes Types { get; } = new();

    public Names Sessions { get; } = new();

    public Names Scenarios { get; } = new();

    public Names Recommendations { get; } = new();

    public Names Texts { get; } = new();

    public LogTally Tally { get; } = new();

    public ShopEvent[] Events => _events;

    public int Count { get; private set; }

    /// <summary>Whether the events came in order of time.</summary>
    public bool Ordered { get; private set; } = true;

    public IReadOnlyCollection<ColumnBuilder> Context => _context.Values;

    /// <summary>The events' ids; null where they are not kept.</summary>
    public ColumnBuilder? Ids { get; }

    /// <summary>All columns beside the events, which are put in order as these are.</summary>
    public IReadOnlyCollection<ColumnBuilder> Columns => Ids is null ? Context : [.. Context, Ids];

    /// <summary>Reads all tables.</summary>
    /// <exception cref="InputException">A table cannot be read, or a row cannot be used and bad rows stop the reading.</exception>
    public void Run()
    {
        foreach (var own in _log.Events)
        {
            Read(own);
            _table++;
        }
    }

    private void Read(LogEventsOptions own)
    {
        using var table = LogTable.Open(own, _request, mayBeEmpty: _log.Events.Count > 1);
        var columns = new EventColumns(table, own, _log, Types, _missing);
        var context = columns.Context.Select(c => (Column: ColumnOf(c.Name), c.Place)).ToArray();
        // tables of one kind of events number their rows each for itself
        var ids = own.Type is null ? _ids : new EventIds();
        long before = Tally.Rows;
        long newest = long.MinValue;
        int file = -1;
        while (table.Read())
        {
            if ((++Tally.Rows & (ReportEvery - 1)) == 0) _report(Tally.Rows, Share(table));
            if (table.File != file) (file, newest) = (table.File, long.MinValue);
            var row = table.Current;
            var read = new ShopEvent { User = -1, Session = -1, Item = -1, Scenario = -1, Recommendation = -1, Text = -1 };
            if (!Take(table, columns, row, ids, ref read)) continue;

            if (read.Time < newest) CountLate(newest - read.Time);
            else newest = read.Time;
            Ordered &= Count == 0 || read.Time >= _events[Count - 1].Time;
            foreach (var (column, place) in context)
                if (!columns.IsMissing(row[place])) column.Set(Count, row[place]);
            if (Ids is not null && columns.Id >= 0 && !columns.IsMissing(row[columns.Id])) Ids.Set(Count, row[columns.Id]);
            if (Count == _events.Length) Grow(Share(table));
            _events[Count++] = read;
        }

        Tally.Rows = before + table.RowsRead;
        Tally.Refused.Add(table.Refused);
        _report(Tally.Rows, (_table + 1.0) / _log.Events.Count);
    }

    /// <summary>Reads a row; false where it is no event, or not wanted.</summary>
    private bool Take(LogTable table, EventColumns columns, RawRow row, EventIds ids, ref ShopEvent read)
    {
        int type = columns.TypeOf(row);
        if (type < 0)
        {
            if (_log.OnUnknownType == UnknownRule.Count && row[columns.Type].Length > 0) Tally.UnknownTypes++;
            else table.Refuse(columns.Types.Problem(row[columns.Type]), columns.Type);
            return false;
        }

        read.Type = (byte)type;
        if (!columns.TryRead(row, ref read)) return Refused(table, columns.Problem, columns.Column);
        if (read.Time >= _until)
        {
            Tally.AfterUntil++;
            return false;
        }

        if (read.Time > _latest)
            return Refused(table, $"{FieldText.Quote(row[columns.Time])} lies in the future, more than {_log.ClockSkew} ahead of this machine's clock; correct the time or its format, or set data.log.clock_skew", columns.Time);
        bool turned = read.Quantity < 0;
        if (turned && !TryTurn(ref read)) return Refused(table, "the quantity is below 0; write returns as events of the type return, or set data.log.negative_quantity: return", -1);

        var user = Field(row, columns.User, columns);
        var session = Field(row, columns.Session, columns);
        if (user.IsEmpty && session.IsEmpty) return Refused(table, "the event has neither a user nor a session; fill in one of them", columns.User >= 0 ? columns.User : columns.Session);
        var item = Field(row, columns.Item, columns);
        // found, but not yet added: a duplicate adds nothing
        int knownUser = user.IsEmpty ? -1 : FindUser(user);
        int knownItem = item.IsEmpty ? -1 : _items.Find(item);
        bool newUser = !user.IsEmpty && _log.Users is not null && (knownUser < 0 || knownUser >= _listedUsers);
        bool newItem = !item.IsEmpty && _log.Items is not null && (knownItem < 0 || knownItem >= _listedItems);
        if (newUser && _log.OnUnknownUser == UnknownRule.Refuse)
            return Refused(table, $"the user {FieldText.Quote(user)} is not in the customers' table; add the user, or set data.log.on_unknown_user", columns.User);
        if (newItem && _log.OnUnknownItem == UnknownRule.Refuse)
            return Refused(table, $"the item {FieldText.Quote(item)} is not in the catalogue; add the item, or set data.log.on_unknown_item", columns.Item);
        if (Field(row, columns.Id, columns) is { IsEmpty: false } id)
        {
            if (!ids.TryTake(id, out bool isNew)) throw new InputException("the ids of the events need more than 2 GiB; split the log, or leave out their column", table.Name);
            if (!isNew)
            {
                Tally.Duplicates++;
                return false;
            }
        }

        if (newUser) Tally.UnknownUsers++;
        if (newItem) Tally.UnknownItems++;
        if ((newUser && _log.OnUnknownUser == UnknownRule.Count) || (newItem && _log.OnUnknownItem == UnknownRule.Count)) return false;
        if (turned) Tally.ReturnsByQuantity++;
        if (read.Time > _now) Tally.AheadOfClock++;
        if (!user.IsEmpty) read.User = _lastUser = knownUser >= 0 ? knownUser : _users.FindOrAdd(user);
        read.Session = _session.Of(session);
        if (!item.IsEmpty) read.Item = knownItem >= 0 ? knownItem : _items.FindOrAdd(item);
        read.Scenario = _scenario.Of(Field(row, columns.Scenario, columns));
        read.Recommendation = _recommendation.Of(Field(row, columns.Recommendation, columns));
        // what people write is never a word for "missing"
        if (columns.Text >= 0 && !row[columns.Text].IsEmpty) read.Text = Texts.FindOrAdd(row[columns.Text]);
        return true;
    }

    // what happens in one visit stands together
    private int FindUser(ReadOnlySpan<byte> user) => _lastUser >= 0 && _users[_lastUser].SequenceEqual(user) ? _lastUser : _users.Find(user);

    private bool TryTurn(ref ShopEvent read)
    {
        if (_log.NegativeQuantity != QuantityRule.Return || read.Type is not (EventTypes.Purchase or EventTypes.Return)) return false;
        read.Type = EventTypes.Return;
        read.Quantity = -read.Quantity;
        return true;
    }

    private static bool Refused(LogTable table, string problem, int column)
    {
        table.Refuse(problem, column);
        return false;
    }

    private static ReadOnlySpan<byte> Field(RawRow row, int place, EventColumns columns) => place < 0 || columns.IsMissing(row[place]) ? [] : row[place];

    private void CountLate(long by)
    {
        Tally.OutOfOrder++;
        if (by > _lateAfter) Tally.Late++;
        Tally.LatestBy = Math.Max(Tally.LatestBy, by);
    }

    private ColumnBuilder ColumnOf(string name)
    {
        if (!_context.TryGetValue(name, out var column)) _context[name] = column = new ColumnBuilder(name);
        return column;
    }

    private double Share(LogTable table) => (_table + table.Progress) / _log.Events.Count;

    // with an eye on how much is still to come, so that no more is held than is needed
    private void Grow(double share)
    {
        double expected = share > 0.001 ? 1.02 * Count / share : 0;
        double size = Math.Clamp(expected, 1.25 * Count, 4.0 * Count);
        if (size > Array.MaxLength) size = Count < Array.MaxLength ? Array.MaxLength : throw new InputException($"the log has more than {Array.MaxLength:N0} events; set data.log.until, or split it");
        Array.Resize(ref _events, (int)size);
    }
}
