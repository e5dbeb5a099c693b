namespace Sundry.Data;

/// <summary>Takes the rows that are made from a log into the provisional file, as <see cref="RowCollector"/> takes those of a table.</summary>
internal sealed class SampleCollector
{
    private readonly ProvisionalFile _rows;
    private readonly SourceTable _source;
    private readonly SampleSet _samples;
    private readonly FeatureGroup[] _features;
    private readonly FeatureColumn[] _absent;
    private readonly int[] _tasks;
    private readonly SampleColumn?[] _labels;
    private readonly SampleMask?[] _masks;
    private readonly SampleMask? _where;
    private readonly GroupFile? _groups;
    private readonly LogGroupReader? _group;
    private readonly bool _needsEvents;
    private readonly ShopEvent[] _event = new ShopEvent[1];
    private readonly byte[] _labelBuffer = new byte[64];

    /// <summary>Binds features and labels to the rows' columns.</summary>
    /// <exception cref="InputException">A name is no column of the rows.</exception>
    public SampleCollector(ProvisionalFile rows, SourceTable source, SampleSet samples, GroupFile? groups, MissingTexts missing)
    {
        (_rows, _source, _samples, _groups) = (rows, source, samples, groups);
        _features = FeatureGroup.Two(samples, missing, rows.Features.Where(feature => source.Features.Contains(feature.Name)));
        _absent = Array.FindAll(rows.Features, feature => !source.Features.Contains(feature.Name));
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
        if (groups is not null) _group = new LogGroupReader(samples, groups.Columns);
        _needsEvents = _labels.Any(label => label is not null) || _masks.Any(mask => mask is not null);
    }

    /// <summary>Takes all rows, in order of time.</summary>
    public void Run(IProgress<PrepareProgress>? progress, CancellationToken cancel)
    {
        var all = _samples.Rows;
        var one = new ShopEvent[1];
        var chosen = new int[ProvisionalFile.BlockRows];
        for (int next = 0; next < all.Length;)
        {
            cancel.ThrowIfCancellationRequested();
            int at = _rows.Count;
            int count = 0;
            for (; next < all.Length && at + count < ProvisionalFile.BlockRows; next++)
            {
                if (_where is not null) _samples.Event(all[next], one);
                if (_where?.Matches(next, all[next], one[0]) != false) chosen[count++] = next;
            }

            Take(chosen.AsMemory(0, count), at);
            foreach (int index in chosen.AsSpan(0, count))
            {
                if (_groups is not null) _samples.Event(all[index], one);
                EndRow(index, all[index], one[0]);
            }

            progress?.Report(new PrepareProgress("reading", _rows.Rows, next / (double)all.Length));
        }
    }

    // features in two groups, and the labels, side by side
    private void Take(ReadOnlyMemory<int> chosen, int at)
    {
        foreach (var feature in _absent)
            for (int i = 0; i < chosen.Length; i++) feature.TakeNone(at + i);
        var problems = new InputException?[_features.Length + 1];
        if (chosen.Length < PartWriters.FewRows)
            for (int i = 0; i < problems.Length; i++) problems[i] = TakeOne(i, chosen.Span, at);
        else Parallel.For(0, problems.Length, i => problems[i] = TakeOne(i, chosen.Span, at));
        foreach (var problem in problems)
            if (problem is not null) throw problem;
    }

    private InputException? TakeOne(int place, ReadOnlySpan<int> chosen, int at)
    {
        try
        {
            return place < _features.Length ? _features[place].Take(chosen, at) : TakeLabels(chosen, at);
        }
        catch (InputException e)
        {
            // to be thrown where the caller catches it
            return e;
        }
    }

    private InputException? TakeLabels(ReadOnlySpan<int> chosen, int at)
    {
        var labels = _rows.Labels;
        foreach (int index in chosen)
        {
            ref readonly var row = ref _samples.Rows[index];
            if (_needsEvents) _samples.Event(row, _event);
            ref readonly var e = ref _event[0];
            for (int i = 0; i < labels.Length; i++)
            {
                if (_tasks[i] < 0 || _masks[i]?.Matches(index, row, e) == false)
                {
                    labels[i].Leave(at);
                    continue;
                }

                var problem = _labels[i] is { } column
                    ? labels[i].Collect(column.Bytes(row, e, default, _labelBuffer), masked: row.Sampled, at, new RowPlace(SourceTable.LogName, row.Event + 1L, 1))
                    : labels[i].Take(at, _samples.Labels[_tasks[i]]![index]);
                if (problem is not null) return SampleSet.Refused(problem, labels[i].Name, row);
            }

            at++;
        }

        return null;
    }

    private void EndRow(int index, in SampleRow row, in ShopEvent e)
    {
        var split = _source.Split;
        var part = split.Of(index, split.ByUser && row.User >= 0 ? _samples.Log.Users[row.User] : default);
        if (part == Part.ByTime) split.See(row.Time);
        _rows.EndRow(part, 1, row.Time);
        if (_groups is null) return;
        _group!.Read(index, row, e);
        _groups.Append(_group.Group, _group.Numbers);
    }
}
