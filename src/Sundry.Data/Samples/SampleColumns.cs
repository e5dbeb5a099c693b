namespace Sundry.Data;

/// <summary>The columns of rows that are made from a log. A name that two columns have goes to the event's, then to the item's; the other is called <c>item_</c> or <c>user_</c> and its name.</summary>
internal sealed class SampleColumns
{
    private readonly OrderedDictionary<string, SampleColumn> _columns = new(StringComparer.Ordinal);
    private readonly List<string> _automatic = [];
    private readonly EventLog _log;

    /// <summary>The columns of rows of a kind.</summary>
    /// <param name="log">The log.</param>
    /// <param name="kind">The rows' kind.</param>
    /// <param name="sampled">Whether negatives are drawn: what an event says of its item alone is then no column, since no drawn row has it.</param>
    public SampleColumns(EventLog log, RowKind kind, bool sampled)
    {
        _log = log;
        if (kind.Users) Add(new SampleColumn("user", SampleColumn.Place.User, log.Users), automatic: true);
        if (kind.Items) Add(new SampleColumn("item", SampleColumn.Place.Item, log.Items), automatic: true);
        if (!kind.IsPeriod)
        {
            Add(new SampleColumn("session", SampleColumn.Place.Session, log.Sessions), automatic: false);
            Add(new SampleColumn("scenario", SampleColumn.Place.Scenario, log.Scenarios), automatic: true);
            if (!sampled)
            {
                Add(new SampleColumn("position", SampleColumn.Place.Position), automatic: true);
                Add(new SampleColumn("price", SampleColumn.Place.Price), automatic: true);
                Add(new SampleColumn("recommendation", SampleColumn.Place.Recommendation, log.Recommendations), automatic: false);
                Add(new SampleColumn("text", SampleColumn.Place.Text, log.Texts), automatic: false);
                Add(new SampleColumn("value", SampleColumn.Place.Value), automatic: false);
                Add(new SampleColumn("quantity", SampleColumn.Place.Quantity), automatic: false);
            }
        }

        Add(new SampleColumn("time", SampleColumn.Place.Time), automatic: true);
        for (int i = 0; i < log.Context.Count && !kind.IsPeriod; i++) Add(log.Context[i], SampleColumn.Place.Context, "context_", i);
        if (kind.Items)
            foreach (var column in log.ItemColumns) Add(column, SampleColumn.Place.OfItem, "item_", -1);
        if (kind.Users)
            foreach (var column in log.UserColumns) Add(column, SampleColumn.Place.OfUser, "user_", -1);
    }

    /// <summary>All names, in order.</summary>
    public IReadOnlyList<string> Names => [.. _columns.Keys];

    /// <summary>Those that are features where the configuration leaves it open: not what an event measures, which is known after it, nor words and visits.</summary>
    public IReadOnlyList<string> Automatic => _automatic;

    /// <summary>A column, or null.</summary>
    public SampleColumn? Find(string name) => _columns.GetValueOrDefault(name);

    /// <summary>Lets rows name what the log does not.</summary>
    public void Admit(Strangers strangers)
    {
        foreach (var column in _columns.Values) column.Strangers = strangers;
    }

    /// <summary>The catalogue's column of categories, or null.</summary>
    public static NamedColumn? Category(EventLog log) => log.ItemColumns.FirstOrDefault(column => column.Name == "category");

    /// <summary>The kind of a feature where it is no matter of looking: null where it is.</summary>
    public FeatureKind? KindOf(string name) => _columns[name].From switch
    {
        SampleColumn.Place.Context or SampleColumn.Place.OfItem or SampleColumn.Place.OfUser => null,
        SampleColumn.Place.Price => FeatureKind.Numeric,
        SampleColumn.Place.Time => FeatureKind.Date,
        _ => FeatureKind.Categorical,
    };

    /// <summary>Some of a column's values, to decide by what they are: one of each item or user, or of the first events.</summary>
    public ColumnSample Sample(string name, int rows)
    {
        var column = _columns[name].Attribute!;
        int count = _columns[name].From switch
        {
            SampleColumn.Place.Context => _log.Count,
            SampleColumn.Place.OfItem => _log.Items.Count,
            _ => _log.UserColumns.Count == 0 ? 0 : _log.Users.Count,
        };
        var sample = new ColumnSample(name);
        for (int i = 0; i < Math.Min(count, rows); i++) sample.Add(column[i] is >= 0 and var number ? column.Values[number] : default);
        return sample;
    }

    private void Add(SampleColumn column, bool automatic)
    {
        _columns.Add(column.Name, column);
        if (automatic) _automatic.Add(column.Name);
    }

    private void Add(NamedColumn column, SampleColumn.Place place, string prefix, int context)
    {
        var name = _columns.ContainsKey(column.Name) ? prefix + column.Name : column.Name;
        if (!_columns.ContainsKey(name)) Add(new SampleColumn(name, place, column.Values, column, context), automatic: true);
    }
}
