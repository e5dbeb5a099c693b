namespace Sundry.Data;

/// <summary>Takes the rows that are made from a log into the provisional file, as <see cref="RowCollector"/> takes those of a table.</summary>
internal sealed class SampleCollector
{
    private readonly ProvisionalFile _rows;
    private readonly SourceTable _source;
    private readonly SampleSet _samples;
    private readonly FeatureFeed?[] _feeds;
    // for each feature its place among the counters or the histories, or -1
    private readonly int[] _counters;
    private readonly int[] _histories;
    private readonly SampleFold _fold;
    private readonly int[] _tasks;
    private readonly SampleColumn?[] _labels;
    private readonly SampleMask?[] _masks;
    private readonly SampleMask? _where;
    private readonly GroupFile? _groups;
    private readonly SampleColumn? _group;
    private readonly SampleColumn[] _groupNumbers = [];
    private readonly byte[] _buffer = new byte[64];

    /// <summary>Binds features and labels to the rows' columns.</summary>
    /// <exception cref="InputException">A name is no column of the rows.</exception>
    public SampleCollector(ProvisionalFile rows, SourceTable source, SampleSet samples, GroupFile? groups)
    {
        (_rows, _source, _samples, _groups) = (rows, source, samples, groups);
        int count = rows.Features.Length;
        _feeds = new FeatureFeed?[count];
        _counters = new int[count];
        _histories = new int[count];
        var counters = new List<Counter>();
        var streams = new List<HistoryStream>();
        for (int i = 0; i < count; i++)
        {
            var feature = rows.Features[i];
            (_counters[i], _histories[i]) = (-1, -1);
            if (!source.Features.Contains(feature.Name)) continue;
            if (feature is HistoryColumn history)
            {
                _histories[i] = streams.Count;
                streams.Add(history.Stream);
            }
            else if (feature.Options.Kind == FeatureKind.Counter)
            {
                _counters[i] = counters.Count;
                counters.Add(Counter.From(feature.Name, feature.Options));
            }
            else
            {
                _feeds[i] = FeatureFeed.Of(feature, samples.Columns.Find(feature.Name)!);
            }
        }

        _fold = new SampleFold(samples.Log, counters, [.. streams]);
        _tasks = new int[rows.Labels.Length];
        _labels = new SampleColumn?[rows.Labels.Length];
        _masks = new SampleMask?[rows.Labels.Length];
        var names = rows.Labels.Select(label => label.Name).Where(source.Tasks.Contains).ToArray();
        for (int i = 0; i < _tasks.Length; i++)
        {
            var label = rows.Labels[i];
            _tasks[i] = Array.IndexOf(names, label.Name);
            if (_tasks[i] < 0) continue;
            if (samples.Tasks[_tasks[i]] is null) _labels[i] = samples.Columns.Find(label.Label);
            if (label.Options.Where is { } where) _masks[i] = new SampleMask(where, $"tasks.{label.Name}.where", samples, names);
        }

        if (source.Own?.Where is { } which) _where = new SampleMask(which, $"data.sources.{source.Name}.where", samples, names);
        if (groups is null) return;
        _group = Named(groups.Columns.Group, "ranking.group");
        _groupNumbers = [.. groups.Columns.Numbers.Select(name => Named(name, "ranking"))];
    }

    /// <summary>Takes all rows, in order of time.</summary>
    public void Run(IProgress<PrepareProgress>? progress, CancellationToken cancel)
    {
        var all = _samples.Rows;
        var one = new ShopEvent[1];
        var nothing = new ShopEvent { User = -1, Session = -1, Item = -1, Scenario = -1, Recommendation = -1, Text = -1, Price = float.NaN, Value = float.NaN, Quantity = float.NaN };
        var split = _source.Split;
        var numbers = new float[_groupNumbers.Length];
        for (int index = 0; index < all.Length; index++)
        {
            ref readonly var row = ref all[index];
            if (row.Event >= 0) _samples.Log.Read(row.Event, one);
            else one[0] = nothing;
            ref readonly var e = ref one[0];
            if (_where?.Matches(index, row, e) == false) continue;
            Collect(index, row, e);
            var part = split.Of(index, split.ByUser && row.User >= 0 ? _samples.Log.Users[row.User] : default);
            if (part == Part.ByTime) split.See(row.Time);
            _rows.EndRow(part, 1, row.Time);
            if (_groups is not null)
            {
                var group = _group!.Bytes(row, e, default, _buffer);
                ulong hash = group.IsEmpty ? ByteHash.Of(index, 1) : ByteHash.Of(group);
                for (int i = 0; i < numbers.Length; i++) numbers[i] = NumberText.TryParse(_groupNumbers[i].Bytes(row, e, default, _buffer), out float number) ? number : 0;
                _groups.Append(hash, numbers);
            }

            if (_rows.Count != 0) continue;
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new PrepareProgress("reading", _rows.Rows, index / (double)all.Length));
        }
    }

    private void Collect(int index, in SampleRow row, in ShopEvent e)
    {
        int at = _rows.Count;
        _fold.MoveTo(row);
        var features = _rows.Features;
        for (int i = 0; i < features.Length; i++)
        {
            if (_feeds[i] is { } feed)
            {
                if (feed.Take(at, row, e) is { } problem) throw Refused(problem, features[i].Name, row);
            }
            else if (_counters[i] >= 0)
            {
                ((NumberColumn)features[i]).Take(at, _fold.Counters[_counters[i]]);
            }
            else if (_histories[i] >= 0)
            {
                ((HistoryColumn)features[i]).Take(at, _fold.Window(_histories[i], row));
            }
            else
            {
                features[i].TakeNone(at);
            }
        }

        var labels = _rows.Labels;
        for (int i = 0; i < labels.Length; i++)
        {
            if (_tasks[i] < 0 || _masks[i]?.Matches(index, row, e) == false)
            {
                labels[i].Leave(at);
                continue;
            }

            var problem = _labels[i] is { } column
                ? labels[i].Collect(column.Bytes(row, e, default, _buffer), masked: row.Sampled, at, new RowPlace(SourceTable.LogName, row.Event + 1L, 1))
                : labels[i].Take(at, _samples.Labels[_tasks[i]]![index]);
            if (problem is not null) throw Refused(problem, labels[i].Name, row);
        }
    }

    private static InputException Refused(string problem, string name, in SampleRow row) => new($"'{name}' of event {row.Event + 1}: {problem}", SourceTable.LogName);

    private SampleColumn Named(string name, string key) =>
        _samples.Columns.Find(name) ?? throw new InputException($"the column '{name}', named as {key}, is not in the log{NearestName.Ask(name, _samples.Columns.Names)}; rows have {string.Join(", ", _samples.Columns.Names)}");
}
