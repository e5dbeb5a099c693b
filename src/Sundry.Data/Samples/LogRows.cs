namespace Sundry.Data;

/// <summary>
/// The rows that a configuration makes of a log, encoded one after the other by an encoder that was fitted before: for judging and predicting with a trained model. Each row's features are as of its
/// moment, whatever the log holds before the first row that is asked for.
/// </summary>
public sealed class LogRows
{
    private readonly Encoder _encoder;
    private readonly SampleSet _samples;
    private readonly string _source;
    private readonly SampleMask? _where;
    private readonly List<Label> _labels = [];
    private readonly byte[] _buffer = new byte[64];

    /// <summary>Makes the rows.</summary>
    /// <param name="encoder">The encoder; it says which rows they are.</param>
    /// <param name="log">The log.</param>
    /// <param name="data">The section that says how rows are made: the model's.</param>
    /// <param name="tasks">The model's tasks.</param>
    /// <param name="source">The source whose rows are wanted.</param>
    /// <exception cref="InputException">The source's rows are those of a table, or the log has no such rows.</exception>
    public LogRows(Encoder encoder, EventLog log, DataOptions data, IReadOnlyDictionary<string, TaskOptions> tasks, string source = SourceSchema.Main)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(tasks);
        (_encoder, _source) = (encoder, source);
        var own = data.Sources.GetValueOrDefault(source);
        var options = (own is null ? data : own.Within(data)).Rows ?? throw new InputException($"the rows of the source '{source}' are those of a table");
        var about = tasks.Where(task => task.Value.Source == source).ToList();
        string[] names = [.. about.Select(task => task.Key)];
        _samples = new SampleSet(log, new LogFacts(log), options, "the model's rows", about, (ulong)data.Seed);
        if (own?.Where is { } which) _where = new SampleMask(which, "the source's where", _samples, names);
        for (int t = 0; t < names.Length; t++)
        {
            int column = 0;
            while (column < encoder.Tasks.Count && encoder.Tasks[column].Schema.Name != names[t]) column++;
            if (column == encoder.Tasks.Count) continue;
            var mask = about[t].Value.Where is { } where ? new SampleMask(where, $"tasks.{names[t]}.where", _samples, names) : null;
            _labels.Add(new Label(column, _samples.Labels[t], _samples.Tasks[t] is null ? _samples.Columns.Find(encoder.Tasks[column].Label) : null, mask));
        }
    }

    /// <summary>Hears of encoded rows.</summary>
    /// <param name="batch">The rows, with their labels; NaN where there is none.</param>
    /// <param name="rows">Their numbers.</param>
    public delegate void Take(Batch batch, ReadOnlySpan<int> rows);

    /// <summary>How many rows there are from a moment on.</summary>
    public int CountFrom(long time)
    {
        int first = 0;
        while (first < _samples.Rows.Length && _samples.Rows[first].Time < time) first++;
        return _samples.Rows.Length - first;
    }

    /// <summary>A row's moment, user and item, and what else its event says; a period has an event of nothing.</summary>
    public ShopEvent Event(int row)
    {
        ref readonly var of = ref _samples.Rows[row];
        var one = new ShopEvent[1];
        _samples.Event(of, one);
        return one[0] with { Time = of.Time, User = of.User, Item = of.Item };
    }

    /// <summary>Reads which rows belong to one list, and what they are worth.</summary>
    /// <param name="columns">The columns that say so.</param>
    /// <exception cref="InputException">The rows lack a column.</exception>
    public LogGroupReader Groups(GroupColumns columns) => new(_samples, columns);

    /// <summary>The event that a row is, or that it was drawn for; -1 for a period.</summary>
    public int EventNumber(int row) => _samples.Rows[row].Event;

    /// <summary>Encodes the rows from a moment on, in order of time.</summary>
    /// <param name="from">The moment in Unix milliseconds; earlier rows are passed over.</param>
    /// <param name="rowsPerCall">The most rows of a batch.</param>
    /// <param name="take">Hears of each batch; it is used anew after that.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InputException">A value cannot be read.</exception>
    public void Run(long from, int rowsPerCall, Take take, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(take);
        var log = _samples.Log;
        var state = SampleEncoder.NewState(_encoder, log);
        var encoder = new SampleEncoder(_encoder, log, state, _source);
        var batch = new Batch(_encoder.Layout, rowsPerCall);
        var numbers = new int[rowsPerCall];
        var context = new int[log.Context.Count];
        var chunks = new LogChunks(log);
        int at = 0;
        bool more = chunks.MoveNext();
        for (int index = 0; index < _samples.Rows.Length; index++)
        {
            ref readonly var row = ref _samples.Rows[index];
            for (; more && chunks.Current[at].Time < row.Time; Advance(ref chunks, ref at, ref more)) state.Add(chunks.Current[at]);
            if (row.Time < from) continue;
            var shown = Event(index);
            if (_where?.Matches(index, row, shown) == false) continue;
            for (int c = 0; c < context.Length; c++) context[c] = row.Event >= 0 ? log.Context[c][row.Event] : -1;
            encoder.Append(batch, shown, context);
            numbers[batch.Count - 1] = index;
            Fill(batch, index, row, shown);
            if (batch.Count == rowsPerCall) Hand(batch, numbers);
        }

        Hand(batch, numbers);

        void Hand(Batch full, int[] rows)
        {
            cancel.ThrowIfCancellationRequested();
            if (full.Count > 0) take(full, rows.AsSpan(0, full.Count));
            full.Count = 0;
        }
    }

    private static void Advance(ref LogChunks chunks, ref int at, ref bool more)
    {
        if (++at < chunks.Current.Length) return;
        at = 0;
        more = chunks.MoveNext();
    }

    private void Fill(Batch batch, int index, in SampleRow row, in ShopEvent shown)
    {
        int first = (batch.Count - 1) * _encoder.Layout.Tasks.Count;
        foreach (var label in _labels)
        {
            if (label.Where?.Matches(index, row, shown) == false) continue;
            ref float into = ref batch.Labels[first + label.Task];
            if (label.Values is { } values)
            {
                into = values[index];
                continue;
            }

            // what an event says of its item alone is not said of one that was drawn
            if (row.Sampled) continue;
            var bytes = label.Column!.Bytes(row, shown, default, _buffer);
            if (_encoder.Tasks[label.Task].Encode(bytes, _encoder.Missing.Contains(bytes), out into) is { } problem) throw SampleSet.Refused(problem, _encoder.Tasks[label.Task].Schema.Name, row);
        }
    }

    private sealed record Label(int Task, float[]? Values, SampleColumn? Column, SampleMask? Where);
}
