namespace Sundry.Data;

/// <summary>The rows of one source that are made from a log, with their labels and columns.</summary>
internal sealed class SampleSet
{
    private const ulong NegativeSalt = 0x0e9a71;

    private static readonly ShopEvent s_nothing = new() { User = -1, Session = -1, Item = -1, Scenario = -1, Recommendation = -1, Text = -1, Price = float.NaN, Value = float.NaN, Quantity = float.NaN };

    private readonly LogFacts _facts;
    private readonly RowsOptions _options;

    /// <summary>Makes the rows.</summary>
    /// <param name="log">The log.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="options">Which rows.</param>
    /// <param name="key">How the configuration calls that, for messages.</param>
    /// <param name="tasks">The tasks about them.</param>
    /// <param name="seed">Draws negatives.</param>
    /// <exception cref="InputException">The log has no such rows, or no such event for a task.</exception>
    public SampleSet(EventLog log, LogFacts facts, RowsOptions options, string key, IReadOnlyList<KeyValuePair<string, TaskOptions>> tasks, ulong seed)
    {
        Log = log;
        _facts = facts;
        _options = options;
        Kind = RowKind.Of(options.Kind, key, log.Types);
        if (!Kind.IsPeriod && facts.Counts[Kind.Type] == 0) throw new InputException($"{key} is '{options.Kind}', and the log has no event of the type '{log.Types.Names[Kind.Type]}'; it has {Present()}");
        Columns = new SampleColumns(log, Kind, options.Negatives is not null);
        Tasks = [.. tasks.Select(task => EventTask(task.Key, task.Value))];
        var events = Tasks.OfType<EventTask>().ToList();
        float[][] labels;
        if (Kind.IsPeriod)
        {
            var periods = new PeriodRows(log, facts, Kind.Users, options.EveryMilliseconds, options.ActiveMilliseconds);
            Rows = periods.ToArray();
            if (Rows.Length == 0) throw new InputException($"{key} makes no row: the log ends before its first period of {options.Every ?? (Kind.Users ? "28d" : "1d")} is over; set a shorter {key}.every");
            labels = PeriodLabels.Of(log, periods, Rows.Length, events);
        }
        else
        {
            Rows = EventRows.Of(log, Kind.Type, facts.Counts[Kind.Type], options.Negatives, seed ^ NegativeSalt, out double keepRate);
            KeepRate = keepRate;
            labels = EventLabels.Of(log, facts, Rows, Kind.Type, events);
        }

        Labels = new float[Tasks.Length][];
        Open = new long[Tasks.Length];
        for (int t = 0, e = 0; t < Tasks.Length; t++)
            if (Tasks[t] is { } task) Labels[t] = Finished(task, labels[e++], out Open[t]);
    }

    public EventLog Log { get; }

    public RowKind Kind { get; }

    public SampleColumns Columns { get; }

    /// <summary>The rows in order of time.</summary>
    public SampleRow[] Rows { get; }

    /// <summary>For each task what its label is about; null where its label is a column of the row.</summary>
    public EventTask?[] Tasks { get; }

    /// <summary>[task][row] the labels; null where they are a column of the row.</summary>
    public float[]?[] Labels { get; }

    /// <summary>[task] rows whose window is not over when the log ends.</summary>
    public long[] Open { get; }

    /// <summary>The negatives that were drawn for each that there might have been; 1 where none were drawn.</summary>
    public double KeepRate { get; } = 1;

    /// <summary>The counters, histories and neighbours that its rows can have, by name.</summary>
    public OrderedDictionary<string, FeatureOptions> Derived(IReadOnlyDictionary<string, FeatureOptions>? features)
    {
        IEnumerable<KeyValuePair<string, FeatureOptions>> all = features ?? (IReadOnlyDictionary<string, FeatureOptions>)SampleDefaults.Of(Log, _facts);
        return new OrderedDictionary<string, FeatureOptions>(all.Where(feature => Has(feature.Key, feature.Value)), StringComparer.Ordinal);
    }

    /// <summary>Reads a row's event; a period has one of nothing.</summary>
    public void Event(in SampleRow row, Span<ShopEvent> into)
    {
        if (row.Event >= 0) Log.Read(row.Event, into);
        else into[0] = s_nothing;
    }

    /// <summary>What was made, for people.</summary>
    public SampleSummary Summarise(string source, RowSplit split) => new(
        source, _options.Kind, split.ValidationFrom, split.TestFrom, KeepRate,
        [.. Tasks.Select((task, t) => task is null ? null : new SampleTaskSummary(task.Name, Log.Types.Names[task.Type], task.Within, Open[t], task.Options.Delayed == DelayRule.Mask)).OfType<SampleTaskSummary>()]);

    /// <summary>What is wrong with a row's value.</summary>
    public static InputException Refused(string problem, string name, in SampleRow row) => new($"'{name}' of event {row.Event + 1}: {problem}", SourceTable.LogName);

    /// <summary>Whether negatives were drawn and a task's label tells them from rows that happened.</summary>
    public bool IsDrawnFor(int task) => KeepRate < 1 && Tasks[task] is { Within: 0 };

    private bool Has(string name, FeatureOptions options)
    {
        if (options.Kind == FeatureKind.History) return Kind.Users;
        if (options.Kind == FeatureKind.Neighbours) return Neighbours.From(name, options) is var neighbours && (Kind.Users || !neighbours.NeedsUser) && (Kind.Items || !neighbours.NeedsItem);
        if (options.Kind != FeatureKind.Counter) return false;
        var counter = Counter.From(name, options);
        return (Kind.Users || !counter.NeedsUser) && (Kind.Items || !counter.NeedsItem);
    }

    private EventTask? EventTask(string name, TaskOptions options)
    {
        var word = options.Event;
        if (word is null)
        {
            int named = Log.Types.Find(name);
            if (named >= 0 && _facts.Counts[named] > 0) word = name;
            else if (Columns.Find(options.Label ?? name) is not null) return null;
            else
                throw new InputException($"the task '{name}' has neither an event nor a column of its rows as its label; set tasks.{name}.event to a type of event ({Present()}), or tasks.{name}.label to one of {string.Join(", ", Columns.Names)}");
        }

        int type = Log.Types.Find(word);
        if (type < 0) throw new InputException($"tasks.{name}.event is '{word}', which the log does not have{NearestName.Ask(word, Log.Types.Names)}; it has {Present()}");
        bool own = !Kind.IsPeriod && type == Kind.Type && options.Within is null;
        long within = own ? 0 : options.Within is { } given ? Duration.Parse(given, $"tasks.{name}.within") : Kind.IsPeriod ? _options.EveryMilliseconds : Duration.Day;
        return new EventTask(name, options, type, within);
    }

    // what was counted so far, or nothing where the window is open
    private float[] Finished(EventTask task, float[] labels, out long open)
    {
        open = 0;
        bool masks = task.Options.Delayed == DelayRule.Mask && task.Within > 0;
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = task.Final(labels[row]);
            if (Rows[row].Time + task.Within <= _facts.Last || task.Within == 0) continue;
            open++;
            if (masks) labels[row] = float.NaN;
        }

        return labels;
    }

    private string Present() => string.Join(", ", Log.Types.Names.Where((_, type) => _facts.Counts[type] > 0));
}
