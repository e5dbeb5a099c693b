namespace Sundry.Data;

/// <summary>One source while it is prepared: where its rows come from, how they are split, and what was found.</summary>
internal sealed class SourceTable
{
    /// <summary>How messages call the file of rows that are made from a log.</summary>
    public const string LogName = "data.log";

    private SourceTable(string name, DataOptions data, SourceOptions? own, DataRequest request, ReadOptions options)
    {
        Name = name;
        Data = data;
        Own = own;
        Options = options;
        Tasks = [.. request.Tasks.Where(task => task.Value.Source == name).Select(task => task.Key)];
        By = data.Split.By != SplitRule.Auto ? data.Split.By : data.Rows is null ? SplitRule.Random : SplitRule.Time;
        Split = new RowSplit(By, data.Test.Count > 0 ? 0 : data.Split.Test.Value, data.Validation.Files.Count > 0 ? 0 : data.Validation.Share?.Value ?? 0, (ulong)data.Seed);
    }

    public string Name { get; }

    /// <summary>Its files, as if it were the only source.</summary>
    public DataOptions Data { get; }

    /// <summary>What the configuration says of it; null for the main source.</summary>
    public SourceOptions? Own { get; }

    public ReadOptions Options { get; }

    /// <summary>The names of its tasks.</summary>
    public HashSet<string> Tasks { get; }

    public RowSplit Split { get; }

    /// <summary>By what its rows are dealt, auto being resolved.</summary>
    public SplitRule By { get; }

    /// <summary>How the configuration calls the section of its rows.</summary>
    public string Key => Own is null ? "data" : $"data.sources.{Name}";

    /// <summary>Its rows where they are made from a log; null where they are read from tables.</summary>
    public SampleSet? Samples { get; private set; }

    /// <summary>The features that its rows have.</summary>
    public HashSet<string> Features { get; } = new(StringComparer.Ordinal);

    /// <summary>The files of each part.</summary>
    public string[][] Files { get; } = [[], [], []];

    /// <summary>Its encoded rows in each part.</summary>
    public long[] PartRows { get; } = new long[3];

    /// <summary>The number of its first row among the rows of all sources.</summary>
    public long First { get; set; }

    /// <summary>The number behind that of its last row.</summary>
    public long End { get; set; }

    /// <summary>How messages call it; nothing where it is the only one.</summary>
    public string Of => Own is null ? "" : $" of the source '{Name}'";

    /// <summary>Its rows within a block that begins with the row of number <paramref name="first"/> among all.</summary>
    public (int From, int To) Within(long first, int count) => ((int)Math.Clamp(First - first, 0, count), (int)Math.Clamp(End - first, 0, count));

    /// <summary>The sources of a request, the main one first.</summary>
    /// <exception cref="InputException">A task names a source that is none, or a source has no task.</exception>
    public static List<SourceTable> All(DataRequest request, ReadOptions options)
    {
        if (SourceRelations.Check(request.Data, request.Tasks).FirstOrDefault() is { Message: { } wrong } broken)
            throw new InputException($"{(broken.Task is { } task ? $"tasks.{task}.{broken.Key}" : "data.sources")}: {wrong}");
        var all = new List<SourceTable> { new(SourceSchema.Main, request.Data, null, request, options) };
        foreach (var (name, own) in request.Data.Sources)
        {
            var data = own.Within(request.Data);
            all.Add(new SourceTable(name, data, own, request, ReadOptions.Of(data, options.BaseDirectory)));
        }

        return all;
    }

    /// <summary>Makes the rows of all sources that are made from the log.</summary>
    /// <returns>The log; null where no source needs it.</returns>
    /// <exception cref="InputException">There is no log, or it has no such rows.</exception>
    public static EventLog? MakeSamples(IReadOnlyList<SourceTable> sources, DataRequest request)
    {
        foreach (var source in sources)
            foreach (var (name, task) in request.Tasks)
                if (source.Data.Rows is null && source.Tasks.Contains(name) && (task.Event is not null || task.Within is not null || task.Absent))
                    throw new InputException($"the task '{name}' asks for an event of a log, and the rows of the source '{source.Name}' are those of a table; remove 'event', 'within' and 'absent' from tasks.{name}");
        if (sources.FirstOrDefault(source => source.Data.Rows is not null) is not { } first)
        {
            foreach (var (name, feature) in request.Features ?? new Dictionary<string, FeatureOptions>())
                if (feature.Kind is FeatureKind.Counter or FeatureKind.History or FeatureKind.Neighbours) throw new InputException($"the feature '{name}' is of the kind {ConfigWords.Of(feature.Kind)}, which only rows of a log have; set data.rows, or remove it");
            return null;
        }

        var log = request.Log?.Invoke() ?? throw new InputException($"{first.Key}.rows makes rows from a log, and there is none; name its files under '{LogName}'");
        if (log.Count == 0) throw new InputException("the log holds no event", LogName);
        var facts = new LogFacts(log);
        foreach (var source in sources)
        {
            if (source.Data.Rows is not { } rows) continue;
            if (source.Data.Test.Count + source.Data.Validation.Files.Count > 0) throw new InputException($"the rows of {source.Key}.rows are made from the log, so its test and validation rows cannot be files; set shares, or remove them");
            var tasks = request.Tasks.Where(task => source.Tasks.Contains(task.Key)).ToList();
            source.Samples = new SampleSet(log, facts, rows, $"{source.Key}.rows", tasks, (ulong)request.Data.Seed);
            source.Files[0] = [LogName];
        }

        return log;
    }

    /// <summary>How its rows are assigned to parts, as words.</summary>
    public string SplitWords()
    {
        if (Data.Test.Count > 0 && Data.Validation.Files.Count > 0) return "given files";
        var by = By switch
        {
            SplitRule.Time => Data.Rows is null ? $"by time ('{Data.Split.Column}', the newest rows last)" : "by time, the newest rows last",
            SplitRule.User => $"by user ('{Data.Split.Column ?? "user"}')",
            _ => $"at random (seed {Data.Seed})",
        };
        var held = new List<string>();
        if (Data.Validation.Files.Count == 0) held.Add($"{Data.Validation.Share} of the training rows for validation");
        if (Data.Test.Count == 0) held.Add($"{Data.Split.Test} of the rows for the test");
        return $"{string.Join(" and ", held)}, {by}";
    }
}
