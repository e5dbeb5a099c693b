namespace Sundry.Data;

/// <summary>
/// From text to matrices: the text is read once into a provisional file, which is read again to fit the encoders on the training rows and to count, and once more
/// to encode.
/// </summary>
internal sealed class Preparation
{
    private const ulong SamplingSalt = 0x5a3b1e;
    private const ulong TaskSalt = 0x7a5c0de;

    private readonly DataRequest _request;
    private readonly ReadOptions _options;
    private readonly IProgress<PrepareProgress>? _progress;
    private readonly CancellationToken _cancel;
    private readonly ulong _seed;
    private readonly MissingTexts _missing;
    private readonly List<SourceTable> _sources;
    private readonly List<string> _notes = [];
    private readonly RefusedRows _refused = new();
    private readonly long[] _partRows = new long[3];
    private EventLog? _log;
    private readonly Part[] _seen = new Part[ProvisionalFile.BlockRows];
    private long _rowsRead;
    private long _sampledOut;
    private long[] _left = [];
    private long[][] _bagIds = [];

    public Preparation(DataRequest request, ReadOptions options, IProgress<PrepareProgress>? progress, CancellationToken cancel)
    {
        _request = request;
        _options = options;
        _progress = progress;
        _cancel = cancel;
        _seed = (ulong)request.Data.Seed;
        _missing = new MissingTexts(request.Data.Missing);
        _sources = SourceTable.All(request, options);
    }

    /// <summary>Prepares everything into a folder.</summary>
    /// <exception cref="InputException">The data cannot be used as it is.</exception>
    public (Encoder Encoder, DataSummary Summary) Run(string folder)
    {
        _log = SourceTable.MakeSamples(_sources, _request);
        var chosen = FeatureSelection.Choose(_request, _sources, _notes);
        var features = new FeatureColumn[chosen.Count];
        // the settings of a table are those of the feature that it is called by
        var tables = new Dictionary<string, ValueTable>(StringComparer.Ordinal);
        foreach (var (name, options) in chosen)
            if (chosen.Exists(other => other.Value.Table == name)) tables[name] = new ValueTable(name, options, _missing);
        for (int i = 0; i < features.Length; i++)
        {
            var (name, options) = chosen[i];
            features[i] = options.Kind == FeatureKind.History && _log is not null
                ? new HistoryColumn(name, options, _missing, new HistoryStream(_log, History.From(name, options)))
                : FeatureColumn.Create(name, options, _missing, _seed + (ulong)i, _request.BaseDirectory, tables);
        }

        var labels = new LabelColumn[_request.Tasks.Count];
        int next = 0;
        foreach (var (name, options) in _request.Tasks) labels[next++] = LabelColumn.Create(name, options, _missing);
        int sampled = SampledTask(labels);
        _left = new long[labels.Length];

        using var rows = new ProvisionalFile(Path.Combine(folder, "provisional"), features, labels, _sources.Exists(source => source.Data.Weight is not null), _sources.Exists(source => source.Split.ByTime));
        using var groups = _request.Groups is { } columns ? new GroupFile(Path.Combine(folder, "provisional.groups"), columns) : null;
        ReadText(rows, groups);
        Judge(rows);
        var encoder = Fit(rows, sampled, out var featureSummaries);
        Encode(rows, groups, sampled, encoder, folder);
        return (encoder, Summarise(labels, featureSummaries));
    }

    /// <summary>How a part's file is called.</summary>
    public static string FileName(Part part) => part.ToString().ToLowerInvariant() + ".rows";

    private void ReadText(ProvisionalFile rows, GroupFile? groups)
    {
        foreach (var source in _sources)
        {
            var data = source.Data;
            // only rows of the main source are ranked
            var grouped = source.Own is null ? groups : null;
            source.First = rows.Rows;
            if (source.Samples is { } samples) Read(rows, source, samples, grouped);
            else Read(rows, source, grouped, data.Train, Part.Train, source.Split);
            if (data.Validation.Files.Count > 0) Read(rows, source, grouped, data.Validation.Files, Part.Validation, null);
            if (data.Test.Count > 0) Read(rows, source, grouped, data.Test, Part.Test, null);
            source.End = rows.Rows;
            if (source.Own is { } own && source.End == source.First)
                throw new InputException($"the source '{source.Name}' has no row{(own.Where is null ? "" : $" where {own.Where}")}; give it some, or remove it and its tasks", source.Files[0][0]);
        }

        rows.EndRows();
        groups?.Rewind();
        CheckRefused();
        foreach (var source in _sources)
            if (source.Split.ByTime) source.Split.FitTimes(source.Data.Split.Column ?? "time");
    }

    private void Read(ProvisionalFile rows, SourceTable source, SampleSet samples, GroupFile? groups)
    {
        new SampleCollector(rows, source, samples, groups, _missing).Run(_progress, _cancel);
        _rowsRead += samples.Rows.Length;
        int task = 0;
        foreach (var name in _request.Tasks.Keys.Where(source.Tasks.Contains))
        {
            if (samples.Open[task] > 0)
                _notes.Add($"{samples.Open[task]} rows of the task '{name}' end within its window of the log's end, and {(_request.Tasks[name].Delayed == DelayRule.Mask ? "have no label" : "count as what has happened so far")}.");
            if (samples.IsDrawnFor(task)) _notes.Add($"Negatives of the task '{name}' were drawn, {samples.KeepRate:0.####} of those that might have been; its predictions are corrected for that.");
            task++;
        }
    }

    // the share of its negatives that a task of drawn ones learns from
    private double DrawnRate(string task)
    {
        var source = _sources.Find(source => source.Tasks.Contains(task));
        int place = _request.Tasks.Keys.Where(source!.Tasks.Contains).ToList().IndexOf(task);
        return source.Samples?.IsDrawnFor(place) == true ? source.Samples.KeepRate : 1;
    }

    private void Read(ProvisionalFile rows, SourceTable source, GroupFile? groups, IReadOnlyList<string> paths, Part part, RowSplit? split)
    {
        using var reader = TableReader.Open(paths, source.Options);
        new RowCollector(rows, reader, part, split, source, groups, _missing).Run(_progress, _cancel);
        source.Files[(int)part] = [.. reader.Files];
        _rowsRead += reader.RowsRead;
        _refused.Add(reader.Refused);
    }

    private void CheckRefused()
    {
        if (_refused.Count <= _rowsRead * _request.Data.MaxBadRows.Value) return;
        var first = _refused.First[0];
        throw new InputException($"{_refused.Count} of {_rowsRead} rows cannot be read, more than data.max_bad_rows allows; the first: {first.Reason}", first.File, first.Line);
    }

    private void Judge(ProvisionalFile rows)
    {
        var open = Array.FindAll(rows.Labels, static label => label.NeedsClasses);
        long done = 0;
        while (open.Length > 0 && rows.NextBlock())
        {
            ResolveTimes(rows, done);
            done += rows.Count;
            foreach (var label in open) label.SeeClasses(rows.Parts);
        }

        rows.Rewind();
        foreach (var label in rows.Labels) label.Judge(_options.SkipBadRows);
    }

    private Encoder Fit(ProvisionalFile rows, int sampled, out FeatureSummary[] summaries)
    {
        var bags = Array.FindAll(rows.Features, static feature => feature is IBagColumn);
        var bagIds = new long[bags.Length][];
        for (int i = 0; i < bagIds.Length; i++) bagIds[i] = new long[3];
        long done = 0;
        while (rows.NextBlock())
        {
            _cancel.ThrowIfCancellationRequested();
            Resolve(rows, sampled, done);
            var parts = rows.Parts;
            CountParts(parts, done);
            CountFeatures(rows, done);
            for (int i = 0; i < rows.Labels.Length; i++)
            {
                var label = rows.Labels[i];
                Sample(label, i, parts, done, count: true);
                label.Count(Seen(parts, done, source => source.Tasks.Contains(label.Name), _seen));
            }

            for (int bag = 0; bag < bags.Length; bag++)
                for (int i = 0; i < parts.Length; i++)
                    if (parts[i] <= Part.Test) bagIds[bag][(int)parts[i]] += ((IBagColumn)bags[bag]).Length(i);
            done += rows.Count;
            _progress?.Report(new PrepareProgress("fitting", done, done / (double)rows.Rows));
        }

        rows.Rewind();
        foreach (var label in rows.Labels) label.ListRefused(_refused);
        CheckRefused();
        foreach (var source in _sources)
            if (source.PartRows[(int)Part.Train] == 0) throw new InputException($"no row{source.Of} is left to train on; give more rows, or hold fewer back", source.Files[0][0]);
        for (int i = 0; i < rows.Labels.Length; i++) rows.Labels[i].Fit((i == sampled ? _request.Data.Sampling!.Negatives.Value : 1) * DrawnRate(rows.Labels[i].Name));
        CheckHeldBack();
        summaries = new FeatureSummary[rows.Features.Length];
        FeatureFit.Run(rows.Features, summaries);
        for (int i = 0; i < summaries.Length; i++)
        {
            if (rows.Features[i] is HistoryColumn history)
            {
                history.Share(rows.Features);
                summaries[i] = history.Fit();
            }

            if (summaries[i].Dropped is { } why) _notes.Add($"'{summaries[i].Name}' is not used: {why}.");
        }

        var used = Array.FindAll(rows.Features, static feature => feature.Encoder is not null);
        if (used.Length == 0) throw new InputException("no feature differs between training rows, so there is nothing to learn from; name other features", _sources[0].Files[0][0]);
        _bagIds = [.. used.SelectMany(feature => feature switch
        {
            IBagColumn bag => [bag.Kept ?? bagIds[Array.IndexOf(bags, feature)]],
            HistoryColumn history => Enumerable.Repeat(new[] { history.StreamLength, history.StreamLength, history.StreamLength }, history.BagCount),
            _ => Enumerable.Empty<long[]>(),
        })];
        var sources = _sources.Count == 1 ? [] : _sources.ConvertAll(source => new SourceSchema(source.Name, [.. used.Select(f => f.Name).Where(source.Features.Contains)], source.Data.Weight));
        if (sources.Find(source => source.Features.Count == 0) is { } empty) throw new InputException($"no feature is left for the rows of the source '{empty.Name}'; name columns of it under 'features'");
        return new Encoder(Array.ConvertAll(used, static feature => feature.Encoder!), Array.ConvertAll(rows.Labels, static label => label.Encoder!), _missing, _request.Data.Weight, sources)
        {
            Rows = [.. _sources.Where(static source => source.Samples is not null).Select(static source => new LogSource(source.Name, source.Data.Rows!.Kind, source.Data.Rows.Negatives is not null))],
            LogColumns = _sources.Find(static source => source.Samples is not null) is { } ofLog ? LogColumns.Of(ofLog.Samples!.Log) : null,
            Counters = [.. used.Where(static feature => feature.Options.Kind == FeatureKind.Counter).Select(static feature => Counter.From(feature.Name, feature.Options))],
        };
    }

    private void CountParts(ReadOnlySpan<Part> parts, long first)
    {
        foreach (var source in _sources)
        {
            var (from, to) = source.Within(first, parts.Length);
            for (int i = from; i < to; i++)
                if (parts[i] <= Part.Test) source.PartRows[(int)parts[i]]++;
        }

        foreach (var part in parts)
        {
            if (part <= Part.Test) _partRows[(int)part]++;
            else if (part == Part.SampledOut) _sampledOut++;
        }
    }

    // each feature counts for itself, so that several may count side by side
    private void CountFeatures(ProvisionalFile rows, long first)
    {
        var features = rows.Features;
        if (rows.Count < PartWriters.FewRows)
        {
            foreach (var feature in features) feature.Count(Seen(rows.Parts, first, source => source.Features.Contains(feature.Name), _seen));
            return;
        }

        // each of its threads has parts of its own to cross out
        Parallel.For(0, features.Length, static () => new Part[ProvisionalFile.BlockRows], (i, _, seen) =>
        {
            features[i].Count(Seen(rows.Parts, first, source => source.Features.Contains(features[i].Name), seen));
            return seen;
        }, static _ => { });
    }

    // the block's parts as a column sees them that only some sources have
    private ReadOnlySpan<Part> Seen(ReadOnlySpan<Part> parts, long first, Predicate<SourceTable> has, Part[] seen)
    {
        if (_sources.TrueForAll(has)) return parts;
        parts.CopyTo(seen);
        foreach (var source in _sources)
        {
            if (has(source)) continue;
            var (from, to) = source.Within(first, parts.Length);
            seen.AsSpan(from, to - from).Fill(Part.Elsewhere);
        }

        return seen.AsSpan(0, parts.Length);
    }

    private void CheckHeldBack()
    {
        if (_partRows[(int)Part.Test] > 0 && _sources.Find(source => source.PartRows[(int)Part.Test] == 0) is { } untested)
            throw new InputException($"no row{untested.Of} is left for the test, and other sources have some, so that its tasks could not be judged beside theirs; give it more rows, a larger split.test, or files", untested.Files[0][0]);
        foreach (var source in _sources)
        {
            if (source.PartRows[(int)Part.Validation] == 0)
                throw new InputException($"no row{source.Of} is left for validation; give more rows, a larger {(source.Own is null ? "data" : $"data.sources.{source.Name}")}.validation, or files", source.Files[0][0]);
            if (source.PartRows[(int)Part.Test] == 0 && (source.Data.Test.Count > 0 || source.Data.Split.Test.Value > 0)) _notes.Add($"No row{source.Of} is left for the test.");
        }
    }

    private void Encode(ProvisionalFile rows, GroupFile? groups, int sampled, Encoder encoder, string folder)
    {
        foreach (var feature in rows.Features)
            if (feature.Encoder is not null) feature.Save(folder);
        using var parts = new PartWriters(folder, encoder.Layout, rows.Features, rows.Labels, _sources, _partRows, _bagIds);
        long done = 0;
        while (rows.NextBlock())
        {
            _cancel.ThrowIfCancellationRequested();
            Resolve(rows, sampled, done);
            var (first, end) = _sources[0].Within(done, rows.Parts.Length);
            groups?.Deal(rows.Parts[first..end]);
            for (int i = 0; i < rows.Labels.Length; i++) Sample(rows.Labels[i], i, rows.Parts, done, count: false);
            parts.Write(rows, done);
            done += rows.Count;
            _progress?.Report(new PrepareProgress("encoding", done, done / (double)rows.Rows));
        }

        parts.Finish();
        groups?.Save(folder);
    }

    private void ResolveTimes(ProvisionalFile rows, long first)
    {
        var parts = rows.Parts;
        foreach (var source in _sources)
        {
            var (from, to) = source.Within(first, parts.Length);
            for (int i = from; i < to; i++)
                if (parts[i] == Part.ByTime) parts[i] = source.Split.OfTime(rows.Time(i));
        }
    }

    // the same in both passes: it depends on the row's number, its labels and its time alone
    private void Resolve(ProvisionalFile rows, int sampled, long first)
    {
        ResolveTimes(rows, first);
        var parts = rows.Parts;
        foreach (var label in rows.Labels)
            for (int i = 0; i < parts.Length; i++)
                if (parts[i] <= Part.Test && label.IsRefused(i)) parts[i] = Part.Refused;
        if (sampled < 0) return;
        double keep = _request.Data.Sampling!.Negatives.Value;
        for (int i = 0; i < parts.Length; i++)
            if (parts[i] == Part.Train && rows.Labels[sampled].IsNegative(i) && ByteHash.Unit(ByteHash.Of(first + i, _seed ^ SamplingSalt)) >= keep) parts[i] = Part.SampledOut;
    }

    // a task's own sampling: the row stays for the others
    private void Sample(LabelColumn label, int task, ReadOnlySpan<Part> parts, long first, bool count)
    {
        double keep = label.Options.Sampling.Negatives.Value;
        if (keep >= 1) return;
        ulong seed = _seed ^ TaskSalt ^ ByteHash.Of(System.Text.Encoding.UTF8.GetBytes(label.Name));
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] != Part.Train || !label.IsNegative(i) || ByteHash.Unit(ByteHash.Of(first + i, seed)) < keep) continue;
            label.Leave(i);
            if (count) _left[task]++;
        }
    }

    private int SampledTask(LabelColumn[] labels)
    {
        if (_request.Data.Sampling is not { } sampling) return -1;
        int place = Array.FindIndex(labels, label => label.Name == sampling.Task);
        if (place < 0) throw new InputException($"data.sampling names the task '{sampling.Task}', which is none{NearestName.Ask(sampling.Task, _request.Tasks.Keys)}");
        if (labels[place].Options.Type != TaskType.Binary) throw new InputException($"data.sampling names the task '{sampling.Task}', which is not binary; only a binary task has negatives");
        return sampling.Negatives.Value >= 1 ? -1 : place;
    }

    private DataSummary Summarise(LabelColumn[] labels, FeatureSummary[] features)
    {
        var splits = new List<SplitSummary>();
        for (int part = 0; part < 3; part++)
            if (_partRows[part] > 0) splits.Add(new SplitSummary(((Part)part).ToString().ToLowerInvariant(), _partRows[part], [.. _sources.SelectMany(s => s.Files[part].Length > 0 ? s.Files[part] : s.Files[0])]));
        var tasks = new TaskSummary[labels.Length];
        for (int i = 0; i < tasks.Length; i++)
        {
            var facts = new List<TaskSplitSummary>();
            for (int part = 0; part < 3; part++)
                if (_partRows[part] > 0) facts.Add(labels[i].Summarise((Part)part));
            tasks[i] = new TaskSummary(labels[i].Name, ConfigWords.Of(labels[i].Options.Type), labels[i].Label, facts);
            foreach (var fact in facts)
                if (fact.Labelled == 0) _notes.Add($"The task '{labels[i].Name}' has no label in the {fact.Split} rows.");
                else if (fact.Classes.Count > 1 && fact.Classes.Count(static c => c.Count > 0) == 1) _notes.Add($"The task '{labels[i].Name}' has one class alone in the {fact.Split} rows.");
        }

        if (_refused.Count > 0) _notes.Add($"{_refused.Count} of {_rowsRead} rows could not be read and were left out.");
        if (_sampledOut > 0) _notes.Add($"{_sampledOut} negatives of the task '{_request.Data.Sampling!.Task}' were left out of training; predictions are corrected for that.");
        for (int i = 0; i < labels.Length; i++)
        {
            if (_left[i] > 0) _notes.Add($"{_left[i]} negatives of the task '{labels[i].Name}' are not learned by it; its predictions are corrected for that.");
            if (labels[i].Options.Sampling.Positives > 1) _notes.Add($"Positives of the task '{labels[i].Name}' count {labels[i].Options.Sampling.Positives} times; its predictions are corrected for that.");
        }

        return new DataSummary
        {
            Splits = splits,
            SplitBy = _sources.Count == 1 ? _sources[0].SplitWords() : string.Join("; ", _sources.Select(s => $"{s.Name}: {s.SplitWords()}")),
            Sources = _sources.Count == 1 ? [] : _sources.ConvertAll(s => new SourceSummary(s.Name, s.PartRows[0], s.PartRows[1], s.PartRows[2], [.. features.Where(f => f.Dropped is null && s.Features.Contains(f.Name)).Select(f => f.Name)])),
            RowsRead = _rowsRead,
            RowsRefused = _refused.Count,
            Refused = _refused.First,
            RowsSampledOut = _sampledOut,
            Features = features,
            Tasks = tasks,
            Log = _log is null ? null : LogFigures.Of(_log),
            Samples = [.. _sources.Where(static source => source.Samples is not null).Select(static source => source.Samples!.Summarise(source.Name, source.Split))],
            Notes = _notes,
        };
    }
}
