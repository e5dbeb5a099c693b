using System.Diagnostics;

namespace Sundry.Data;

/// <summary>Encoded training, validation and test rows, with the encoder that made them.</summary>
public sealed class Dataset : IDisposable
{
    private const string EncoderName = "encoder.json";
    private const string SummaryName = "summary.json";

    private Dataset(Encoder encoder, EncodedTable train, EncodedTable validation, EncodedTable? test, DataSummary summary)
    {
        Encoder = encoder;
        Train = train;
        Validation = validation;
        Test = test;
        Summary = summary;
    }

    /// <summary>The encoder, fitted on the training rows alone.</summary>
    public Encoder Encoder { get; }

    /// <summary>The columns of all parts.</summary>
    public Layout Layout => Encoder.Layout;

    /// <summary>The rows to learn from.</summary>
    public EncodedTable Train { get; }

    /// <summary>The rows that settings and the best epoch are chosen on.</summary>
    public EncodedTable Validation { get; }

    /// <summary>The rows to judge on, where there are any.</summary>
    public EncodedTable? Test { get; }

    /// <summary>The groups of the validation rows, where groups were asked for.</summary>
    public GroupedRows? ValidationGroups { get; private init; }

    /// <summary>The groups of the test rows, where groups were asked for and there are test rows.</summary>
    public GroupedRows? TestGroups { get; private init; }

    /// <summary>What was found in the data.</summary>
    public DataSummary Summary { get; }

    /// <summary>
    /// Reads, splits, fits and encodes the data, or takes what was prepared before from the cache where files and options are unchanged. The text is read once, whatever the
    /// split; memory does not grow with the rows.
    /// </summary>
    /// <param name="request">What is to be prepared.</param>
    /// <param name="progress">Hears of it every few thousand rows, on this thread.</param>
    /// <param name="cancel">Ends it; nothing is left behind.</param>
    /// <exception cref="InputException">The data or the configuration cannot be used; nothing is left behind.</exception>
    public static Dataset Prepare(DataRequest request, IProgress<PrepareProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Tasks.Count == 0) throw new InputException("no task is named; add one to 'tasks'");
        var watch = Stopwatch.StartNew();
        var data = request.Data;
        var options = ReadOptions.Of(data, request.BaseDirectory);
        var sources = SourceFiles.Resolve(data.Train, request.BaseDirectory);
        if (request.Log is null && data.Log is { } described) request = WithLog(request, described, sources, progress, cancel);
        if (request.Log is { } read && request.LogKey is null)
        {
            var log = read();
            request = request with { Log = () => log, LogKey = EventLogKey.Of(log) };
        }

        sources.AddRange(SourceFiles.Resolve(data.Validation.Files, request.BaseDirectory));
        sources.AddRange(SourceFiles.Resolve(data.Test, request.BaseDirectory));
        foreach (var further in data.Sources.Values)
            foreach (var paths in new[] { further.Train, further.Validation.Files, further.Test }) sources.AddRange(SourceFiles.Resolve(paths, request.BaseDirectory));
        foreach (var feature in request.Features?.Values ?? [])
            foreach (var path in (string?[])[feature.Vocabulary, feature.File, feature.Keys, .. ModelFiles(feature.Encoder?.Folder)])
                if (path is not null) sources.AddRange(SourceFiles.Resolve([path], request.BaseDirectory));
        var cache = Path.GetFullPath(data.Cache, Path.GetFullPath(request.BaseDirectory));
        var folder = new PreparedFolder(cache, SourceKey.Of(request, sources));
        if (TryOpen(folder.Final, request, out var damage) is { } known) return known;

        var partial = folder.Begin();
        try
        {
            var (encoder, summary) = new Preparation(request, options, progress, cancel).Run(partial);
            if (damage is not null) summary = summary with { Notes = [.. summary.Notes, $"The data prepared before was damaged ({damage}) and was made anew."] };
            using (var file = File.Create(Path.Combine(partial, EncoderName))) encoder.Save(file);
            File.WriteAllBytes(Path.Combine(partial, SummaryName), DataSummaryJson.Write(summary with { Seconds = watch.Elapsed.TotalSeconds }));
            folder.Finish(partial);
            var made = TryOpen(folder.Final, request, out damage) ?? throw new IOException($"what was just written cannot be read: {damage}");
            return new Dataset(made.Encoder, made.Train, made.Validation, made.Test, made.Summary with { FromCache = false }) { ValidationGroups = made.ValidationGroups, TestGroups = made.TestGroups };
        }
        catch (Exception e)
        {
            PreparedFolder.TryDelete(partial);
            if (e is IOException or UnauthorizedAccessException) throw PreparedFolder.Refused(e, cache);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test?.Dispose();
    }

    // a log of files is read where no rows of it are found prepared; what a query gives is known only when it was asked
    private static DataRequest WithLog(DataRequest request, LogOptions log, List<SourceFiles.Source> sources, IProgress<PrepareProgress>? progress, CancellationToken cancel)
    {
        if (request.Data.Rows is null) throw new InputException("'data.log' does not say which rows to make of it; write 'rows: impressions' beside it, or another kind (docs/samples.md)");
        foreach (var table in log.Tables) sources.AddRange(SourceFiles.Resolve(table.Files, request.BaseDirectory));
        var reading = new LogRequest(request.Data, request.BaseDirectory, request.Clock, request.OpenDatabase);
        return request with { Log = () => LogReader.Read(reading, progress, cancel).Log, LogKey = log.Tables.Any(table => table.Query is not null) ? null : "files" };
    }

    /// <summary>Opens a prepared folder; null where there is none, or where it has <paramref name="damage"/>.</summary>
    private static Dataset? TryOpen(string folder, DataRequest request, out string? damage)
    {
        damage = null;
        var encoderPath = Path.Combine(folder, EncoderName);
        if (!File.Exists(encoderPath)) return null;
        var tables = new EncodedTable?[3];
        try
        {
            Encoder encoder;
            using (var file = File.OpenRead(encoderPath)) encoder = WithTasks(Encoder.Load(file), request, folder);
            var summary = DataSummaryJson.Read(File.ReadAllBytes(Path.Combine(folder, SummaryName)));
            foreach (var split in summary.Splits)
            {
                if (!Enum.TryParse(split.Name, ignoreCase: true, out Part part) || part > Part.Test) throw new InvalidDataException("the summary names a part that is none");
                tables[(int)part] = EncodedTable.Open(Path.Combine(folder, Preparation.FileName(part)), encoder.Layout, Ranges(summary, part));
                var sources = tables[(int)part]!.Sources;
                if (tables[(int)part]!.Count != split.Rows || (sources.Count > 0 && sources.Sum(s => s.Count) != split.Rows)) throw new InvalidDataException("the summary has other rows than the tables");
            }

            if (tables[0] is null || tables[1] is null) throw new InvalidDataException("the training or the validation rows are missing");
            return new Dataset(encoder, tables[0]!, tables[1]!, tables[2], summary with { FromCache = true })
            {
                ValidationGroups = Groups(Part.Validation),
                TestGroups = Groups(Part.Test),
            };
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            foreach (var table in tables) table?.Dispose();
            damage = e.Message;
            return null;
        }

        GroupedRows? Groups(Part part) =>
            request.Groups is { } columns && tables[(int)part] is { } table ? GroupedRows.Load(Path.Combine(folder, GroupFile.FileName(part)), columns, table.Sources.Count > 0 ? table.Sources[0].Count : table.Count) : null;
    }

    // the rows of a source lie one behind the other in each part
    private static List<SourceRange> Ranges(DataSummary summary, Part part)
    {
        var ranges = new List<SourceRange>();
        foreach (var source in summary.Sources)
        {
            long count = part switch { Part.Train => source.Train, Part.Validation => source.Validation, _ => source.Test };
            ranges.Add(new SourceRange(source.Name, ranges.Count == 0 ? 0 : ranges[^1].First + ranges[^1].Count, (int)count));
        }

        return ranges;
    }

    private static IEnumerable<string> ModelFiles(string? folder) => folder is null ? [] : TextEncoderOptions.Files.Select(name => Path.Combine(folder, name));

    // what lies beside the rows, or where the configuration says
    private static FeatureEncoder Located(FeatureEncoder feature, DataRequest request, string folder) => feature switch
    {
        VectorFileEncoder vectors => vectors.In(folder),
        TextSequenceEncoder text => text.From(request.Features?[text.Name].Encoder?.Folder is { } model
            ? Path.Combine(Path.GetFullPath(model, Path.GetFullPath(request.BaseDirectory)), TextEncoderOptions.WeightsFile)
            : null),
        _ => feature,
    };

    // what the cache's key leaves out comes from the configuration
    private static Encoder WithTasks(Encoder encoder, DataRequest request, string folder)
    {
        var tasks = new TaskEncoder[encoder.Tasks.Count];
        for (int i = 0; i < tasks.Length; i++)
        {
            var task = encoder.Tasks[i];
            if (!request.Tasks.TryGetValue(task.Schema.Name, out var options)) throw new InvalidDataException("the encoder has other tasks");
            tasks[i] = new TaskEncoder(task.Schema.With(options), task.Label, task.Positive, task.Where);
        }

        var features = encoder.Features.Select(feature => Located(feature, request, folder));
        return new Encoder([.. features], tasks, encoder.Missing, encoder.Weight, encoder.Layout.Sources) { Counters = encoder.Counters, Rows = encoder.Rows, LogColumns = encoder.LogColumns };
    }
}
