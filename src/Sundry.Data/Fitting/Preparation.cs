namespace Sundry.Data;

/// <summary>
/// From text to matrices: the text is read once into a provisional file, which is read again to fit the encoders on the training rows and to count, and once more
/// to encode.
/// </summary>
internal sealed class Preparation
{
    private const ulong SamplingSalt = 0x5a3b1e;

    private readonly DataRequest _request;
    private readonly ReadOptions _options;
    private readonly IProgress<PrepareProgress>? _progress;
    private readonly CancellationToken _cancel;
    private readonly ulong _seed;
    private readonly MissingTexts _missing;
    private readonly RowSplit _split;
    private readonly List<string> _notes = [];
    private readonly RefusedRows _refused = new();
    private readonly string[][] _files = [[], [], []];
    private readonly long[] _partRows = new long[3];
    private long _rowsRead;
    private long _sampledOut;
    private long[][] _bagIds = [];

    public Preparation(DataRequest request, ReadOptions options, IProgress<PrepareProgress>? progress, CancellationToken cancel)
    {
        _request = request;
        _options = options;
        _progress = progress;
        _cancel = cancel;
        _seed = (ulong)request.Data.Seed;
        _missing = new MissingTexts(request.Data.Missing);
        var data = request.Data;
        _split = new RowSplit(data.Split.By, data.Test.Count > 0 ? 0 : data.Split.Test.Value, data.Validation.Files.Count > 0 ? 0 : data.Validation.Share?.Value ?? 0, _seed);
    }

    /// <summary>Prepares everything into a folder.</summary>
    /// <exception cref="InputException">The data cannot be used as it is.</exception>
    public (Encoder Encoder, DataSummary Summary) Run(string folder)
    {
        var chosen = FeatureSelection.Choose(_request, _options, _notes);
        var features = new FeatureColumn[chosen.Count];
        for (int i = 0; i < features.Length; i++) features[i] = FeatureColumn.Create(chosen[i].Key, chosen[i].Value, _missing, _seed + (ulong)i);
        var labels = new LabelColumn[_request.Tasks.Count];
        int next = 0;
        foreach (var (name, options) in _request.Tasks) labels[next++] = LabelColumn.Create(name, options, _missing);
        int sampled = SampledTask(labels);

        using var rows = new ProvisionalFile(Path.Combine(folder, "provisional"), features, labels, _request.Data.Weight is not null, _split.ByTime);
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
        var data = _request.Data;
        Read(rows, groups, data.Train, Part.Train, _split);
        if (data.Validation.Files.Count > 0) Read(rows, groups, data.Validation.Files, Part.Validation, null);
        if (data.Test.Count > 0) Read(rows, groups, data.Test, Part.Test, null);
        rows.EndRows();
        groups?.Rewind();
        CheckRefused();
        if (_split.ByTime) _split.FitTimes(data.Split.Column!);
    }

    private void Read(ProvisionalFile rows, GroupFile? groups, IReadOnlyList<string> paths, Part part, RowSplit? split)
    {
        using var reader = TableReader.Open(paths, _options);
        new RowCollector(rows, reader, part, split, _request.Data, groups, _missing).Run(_progress, _cancel);
        _files[(int)part] = [.. reader.Files];
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
        while (open.Length > 0 && rows.NextBlock())
        {
            ResolveTimes(rows);
            foreach (var label in open) label.SeeClasses(rows.Parts);
        }

        rows.Rewind();
        foreach (var label in rows.Labels) label.Judge(_options.SkipBadRows);
    }

    private Encoder Fit(ProvisionalFile rows, int sampled, out FeatureSummary[] summaries)
    {
        var bags = Array.FindAll(rows.Features, static feature => feature is BagColumn);
        var bagIds = new long[bags.Length][];
        for (int i = 0; i < bagIds.Length; i++) bagIds[i] = new long[3];
        long done = 0;
        while (rows.NextBlock())
        {
            _cancel.ThrowIfCancellationRequested();
            Resolve(rows, sampled, done);
            var parts = rows.Parts;
            foreach (var part in parts)
            {
                if (part <= Part.Test) _partRows[(int)part]++;
                else if (part == Part.SampledOut) _sampledOut++;
            }

            foreach (var feature in rows.Features) feature.Count(parts);
            foreach (var label in rows.Labels) label.Count(parts);
            for (int bag = 0; bag < bags.Length; bag++)
                for (int i = 0; i < parts.Length; i++)
                    if (parts[i] <= Part.Test) bagIds[bag][(int)parts[i]] += ((BagColumn)bags[bag]).Length(i);
            done += rows.Count;
            _progress?.Report(new PrepareProgress("fitting", done, done / (double)rows.Rows));
        }

        rows.Rewind();
        foreach (var label in rows.Labels) label.ListRefused(_refused);
        CheckRefused();
        if (_partRows[(int)Part.Train] == 0) throw new InputException("no row is left to train on; give more rows, or hold fewer back", _files[0][0]);
        for (int i = 0; i < rows.Labels.Length; i++) rows.Labels[i].Fit(i == sampled ? _request.Data.Sampling!.Negatives.Value : 1);
        CheckHeldBack();
        summaries = new FeatureSummary[rows.Features.Length];
        for (int i = 0; i < summaries.Length; i++)
        {
            summaries[i] = rows.Features[i].Fit();
            if (summaries[i].Dropped is { } why) _notes.Add($"'{summaries[i].Name}' is not used: {why}.");
        }

        var used = Array.FindAll(rows.Features, static feature => feature.Encoder is not null);
        if (used.Length == 0) throw new InputException("no feature differs between training rows, so there is nothing to learn from; name other features", _files[0][0]);
        _bagIds = Array.FindAll(bagIds, ids => ((BagColumn)bags[Array.IndexOf(bagIds, ids)]).Encoder is not null);
        return new Encoder(Array.ConvertAll(used, static feature => feature.Encoder!), Array.ConvertAll(rows.Labels, static label => label.Encoder!), _missing, _request.Data.Weight);
    }

    private void CheckHeldBack()
    {
        if (_partRows[(int)Part.Validation] == 0) throw new InputException("no row is left for validation; give more rows, a larger data.validation, or files", _files[0][0]);
        if (_partRows[(int)Part.Test] == 0 && (_request.Data.Test.Count > 0 || _request.Data.Split.Test.Value > 0)) _notes.Add("No row is left for the test.");
    }

    private void Encode(ProvisionalFile rows, GroupFile? groups, int sampled, Encoder encoder, string folder)
    {
        var layout = encoder.Layout;
        var used = Array.FindAll(rows.Features, static feature => feature.Encoder is not null);
        var bags = Array.FindAll(used, static feature => feature is BagColumn);
        int labels = layout.Ids.Count + layout.Numbers.Count;
        int stride = labels + layout.Tasks.Count + 1;
        var records = new int[ProvisionalFile.BlockRows * stride];
        var writers = new EncodedTableWriter?[3];
        try
        {
            for (int part = 0; part < 3; part++)
            {
                var bagIds = Array.ConvertAll(_bagIds, ids => ids[part]);
                if (_partRows[part] > 0) writers[part] = new EncodedTableWriter(Path.Combine(folder, FileName((Part)part)), layout, _partRows[part], bagIds);
            }

            long done = 0;
            while (rows.NextBlock())
            {
                _cancel.ThrowIfCancellationRequested();
                Resolve(rows, sampled, done);
                groups?.Deal(rows.Parts);
                int id = 0;
                int number = layout.Ids.Count;
                foreach (var feature in used)
                {
                    feature.Encode(records, stride, id, number, rows.Count);
                    id += feature.Encoder!.IdCount;
                    number += feature.Encoder.NumberCount;
                }

                for (int i = 0; i < rows.Count; i++)
                {
                    var part = rows.Parts[i];
                    if (part > Part.Test) continue;
                    var record = records.AsSpan(i * stride, stride);
                    for (int task = 0; task < rows.Labels.Length; task++) record[labels + task] = BitConverter.SingleToInt32Bits(rows.Labels[task][i]);
                    record[^1] = BitConverter.SingleToInt32Bits(rows.Weight(i));
                    writers[(int)part]!.Append(record);
                    for (int bag = 0; bag < bags.Length; bag++) writers[(int)part]!.AppendBag(bag, ((BagColumn)bags[bag]).Ids(i));
                }

                done += rows.Count;
                _progress?.Report(new PrepareProgress("encoding", done, done / (double)rows.Rows));
            }

            foreach (var writer in writers) writer?.Finish();
            groups?.Save(folder);
        }
        finally
        {
            foreach (var writer in writers) writer?.Dispose();
        }
    }

    private void ResolveTimes(ProvisionalFile rows)
    {
        var parts = rows.Parts;
        for (int i = 0; i < parts.Length; i++)
            if (parts[i] == Part.ByTime) parts[i] = _split.OfTime(rows.Time(i));
    }

    // the same in both passes: it depends on the row's number, its labels and its time alone
    private void Resolve(ProvisionalFile rows, int sampled, long first)
    {
        ResolveTimes(rows);
        var parts = rows.Parts;
        foreach (var label in rows.Labels)
            for (int i = 0; i < parts.Length; i++)
                if (parts[i] <= Part.Test && label.IsRefused(i)) parts[i] = Part.Refused;
        if (sampled < 0) return;
        double keep = _request.Data.Sampling!.Negatives.Value;
        for (int i = 0; i < parts.Length; i++)
            if (parts[i] == Part.Train && rows.Labels[sampled].IsNegative(i) && ByteHash.Unit(ByteHash.Of(first + i, _seed ^ SamplingSalt)) >= keep) parts[i] = Part.SampledOut;
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
            if (_partRows[part] > 0) splits.Add(new SplitSummary(((Part)part).ToString().ToLowerInvariant(), _partRows[part], _files[part].Length > 0 ? _files[part] : _files[0]));
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
        return new DataSummary
        {
            Splits = splits,
            SplitBy = SplitWords(),
            RowsRead = _rowsRead,
            RowsRefused = _refused.Count,
            Refused = _refused.First,
            RowsSampledOut = _sampledOut,
            Features = features,
            Tasks = tasks,
            Notes = _notes,
        };
    }

    private string SplitWords()
    {
        var data = _request.Data;
        if (data.Test.Count > 0 && data.Validation.Files.Count > 0) return "given files";
        var by = data.Split.By switch
        {
            SplitRule.Time => $"by time ('{data.Split.Column}', the newest rows last)",
            SplitRule.User => $"by user ('{data.Split.Column}')",
            _ => $"at random (seed {data.Seed})",
        };
        var held = new List<string>();
        if (data.Validation.Files.Count == 0) held.Add($"{data.Validation.Share} of the training rows for validation");
        if (data.Test.Count == 0) held.Add($"{data.Split.Test} of the rows for the test");
        return $"{string.Join(" and ", held)}, {by}";
    }
}
