using System.Globalization;
using System.Text;

namespace Sundry.Data;

/// <summary>Looks at data files and writes a configuration whose every line says why it is so: the verb <c>init</c>.</summary>
public static class InitWriter
{
    /// <summary>Writes the configuration. The same files give the same text.</summary>
    /// <exception cref="InputException">A file cannot be read, a label is not there, no column looks like a label, or nothing is left to learn from.</exception>
    public static InitResult Write(InitRequest request)
    {
        var parts = FileParts.Of([.. request.Files.Where(file => !IsMatrix(file))]);
        var missing = new DataOptions().Missing;
        var names = HeaderSniffer.NamesIfAbsent(parts.Train);
        var sample = Read(parts.Train, names, missing);
        var columns = sample.Columns.Select(column => ColumnProfile.Of(column, missing)).ToArray();
        var labels = Labels(request.Labels, columns, parts.Train[0]);
        var tasks = Tasks(labels);
        var (features, excluded) = Columns(columns, labels, missing, guessed: request.Labels.Count == 0);
        SequenceInference.Refine(features, columns);
        foreach (var matrix in request.Files.Where(IsMatrix)) features.Add(VectorInference.Of(matrix, columns, request.ConfigFolder));
        if (features.Count == 0) throw new InputException($"no column is left to learn from ({string.Join("; ", excluded.Select(pair => $"{pair.Key}: {pair.Value}"))})", parts.Train[0]);

        var text = new StringBuilder();
        var looked = sample.Rows == sample.RowsRead ? $"{sample.Rows:N0}" : $"{sample.Rows:N0} of {(sample.Whole ? "" : "the first ")}{sample.RowsRead:N0}";
        text.Append("# Written by 'sundry init' after a look at ").Append(looked).Append(" training rows. Each choice can be changed; 'sundry schema' lists all settings.\n");
        text.Append("name: ").Append(ConfigWriter.Quote(Name(parts, request.ConfigFolder))).Append('\n');
        Data(text, request.ConfigFolder, parts, names, features, missing);
        Section(text, "tasks", tasks.Select(task => (task.Name, Task(task.Name, task.Guess), $"{task.Guess.Note}; {LabelInference.Say(task.Guess)}")));
        Section(text, "features", features.Select(feature => (feature.Name, Feature(feature.Verdict.Options!), feature.Verdict.Note)));
        if (excluded.Count > 0)
        {
            text.Append("\nexclude:\n");
            int width = excluded.Max(pair => Math.Min(40, ConfigWriter.Quote(pair.Key).Length));
            foreach (var (name, reason) in excluded) text.Append("  - ").Append(ConfigWriter.Quote(name).PadRight(width)).Append("  # ").Append(Comment(reason)).Append('\n');
        }

        if (request.ModelAndTraining.Length > 0) text.Append('\n').Append(request.ModelAndTraining.TrimEnd()).Append('\n');
        return new InitResult(text.ToString(), [.. tasks.Select(task => task.Name)], features.Count, excluded, sample.RowsRead, sample.Rows);
    }

    private static bool IsMatrix(string file) => file.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);

    private static TableSample Read(IReadOnlyList<string> files, IReadOnlyList<string>? names, IReadOnlyList<string> missing)
    {
        // a bad row is for 'prepare' to complain of: a first look should not fail by it
        var options = new ReadOptions { SkipBadRows = true, Header = names is null, Columns = names ?? [] };
        using var reader = TableReader.Open(files, options);
        var sample = TableSample.Read(reader, new MissingTexts(missing));
        if (sample.Rows > 0) return sample;
        var first = reader.Refused.First[0];
        throw new InputException($"no row can be read; the first one: {first.Reason}", first.File, first.Line);
    }

    private static List<LabelGuess> Labels(IReadOnlyList<string> named, ColumnProfile[] columns, string file)
    {
        var labels = named.Count > 0 ? [.. named.Select(label => LabelInference.Named(label, columns, file))] : LabelInference.Find(columns).ToList();
        if (labels.Count > 0) return labels;
        throw new InputException($"no column looks like a label; say what to predict with --label NAME, or --label \"NAME=POSITIVE VALUE\" (the columns are {string.Join(", ", columns.Take(30).Select(column => column.Name))}{(columns.Length > 30 ? ", …" : "")})", file);
    }

    // a task is named as its column; a second one on the same column by its value too
    private static List<(string Name, LabelGuess Guess)> Tasks(List<LabelGuess> labels)
    {
        var tasks = new List<(string Name, LabelGuess Guess)>();
        foreach (var label in labels)
        {
            var name = label.Column.Name;
            bool several = labels.Count(other => other.Column == label.Column) > 1;
            if (several && label.Options.Positive.Count > 0) name += "_" + string.Join('_', ColumnWords.Of(label.Options.Positive[0]));
            if (tasks.Exists(task => task.Name == name)) throw new InputException($"the label '{label.Column.Name}' is named twice; name it once");
            tasks.Add((name, label));
        }

        return tasks;
    }

    private static (List<(string Name, FeatureVerdict Verdict)> Features, List<KeyValuePair<string, string>> Excluded) Columns(ColumnProfile[] columns, List<LabelGuess> labels, IReadOnlyList<string> missing, bool guessed)
    {
        var features = new List<(string Name, FeatureVerdict Verdict)>();
        var excluded = new List<KeyValuePair<string, string>>();
        foreach (var column in columns)
        {
            if (labels.Exists(label => label.Column == column)) continue;
            var verdict = FeatureInference.Judge(column, missing, markers: true);
            var reason = verdict.Options is null ? verdict.Note : Leak(column, labels);
            if (reason is null && !guessed && LabelInference.IsOutcome(column.Name)) reason = "by its name an outcome, known only afterwards; remove this line to learn from it, or name it as a label";
            if (reason is null) features.Add((column.Name, verdict));
            else excluded.Add(new(column.Name, reason));
        }

        return (features, excluded);
    }

    private static string? Leak(ColumnProfile column, List<LabelGuess> labels)
    {
        foreach (var label in labels)
        {
            double figure = LeakScan.Figure(column, label);
            if (figure >= LeakScan.Threshold)
                return $"tells {label.Column.Name} almost perfectly ({LeakScan.Name(label.Options.Type)} {figure.ToString("0.0000", CultureInfo.InvariantCulture)}); if it is known in time, remove this line and name it in data.allow_leak";
        }

        return null;
    }

    private static void Data(StringBuilder text, string folder, FileParts parts, IReadOnlyList<string>? names, List<(string Name, FeatureVerdict Verdict)> features, IReadOnlyList<string> missing)
    {
        text.Append("\ndata:\n");
        text.Append("  train: ").Append(Paths(parts.Train, folder)).Append('\n');
        if (parts.Test.Count > 0) text.Append("  test: ").Append(Paths(parts.Test, folder)).Append('\n');
        text.Append("  validation: ").Append(parts.Validation.Count > 0 ? Paths(parts.Validation, folder) : "10%  # of the training rows; early stopping looks at them").Append('\n');
        if (parts.Test.Count == 0 || parts.Validation.Count == 0)
        {
            var share = parts.Test.Count > 0 ? "" : ", test: 20%";
            var time = Time(features);
            if (time is not null) text.Append(CultureInfo.InvariantCulture, $"  split: {{by: time, column: {ConfigWriter.Quote(time)}{share}}}  # the latest rows are held back, as in use\n");
            else if (share.Length > 0) text.Append(CultureInfo.InvariantCulture, $"  split: {{by: random{share}}}  # or by: user, with column: the user's\n");
        }

        if (names is not null)
        {
            text.Append("  header: false  # the first line is a row like the others\n");
            text.Append("  columns: [").AppendJoin(", ", names).Append("]  # give them better names\n");
        }

        var marked = features.Where(feature => feature.Verdict.Markers.Count > 0).ToArray();
        if (marked.Length == 0) return;
        var markers = marked.SelectMany(feature => feature.Verdict.Markers).Distinct(StringComparer.Ordinal).ToArray();
        text.Append("  missing: [").AppendJoin(", ", missing.Concat(markers).Select(ConfigWriter.Quote)).Append("]  # ")
            .Append(Comment($"{string.Join(", ", markers.Select(marker => $"'{marker}'"))} stands among the numbers of {string.Join(", ", marked.Select(feature => feature.Name))}")).Append('\n');
    }

    private static string? Time(List<(string Name, FeatureVerdict Verdict)> features)
    {
        var times = features.Where(feature => feature.Verdict.Options!.Kind == FeatureKind.Date && !ColumnWords.IsOtherTime(feature.Name)).Select(feature => feature.Name).ToArray();
        return times.FirstOrDefault(ColumnWords.IsTime) ?? times.FirstOrDefault();
    }

    private static string Task(string name, LabelGuess guess)
    {
        var parts = new List<string> { "type: " + ConfigWords.Of(guess.Options.Type) };
        if (guess.Column.Name != name) parts.Add("label: " + ConfigWriter.Quote(guess.Column.Name));
        if (guess.Options.Positive.Count > 0) parts.Add("positive: " + ConfigWriter.Quote(guess.Options.Positive[0]));
        return $"{{{string.Join(", ", parts)}}}";
    }

    private static string Feature(FeatureOptions options)
    {
        var kind = ConfigWords.Of(options.Kind);
        var more = new List<string>();
        if (options.Kind == FeatureKind.MultiCategorical || options.Separator != new FeatureOptions().Separator) more.Add($"separator: {ConfigWriter.Quote(options.Separator)}");
        if (options.Table is { } table) more.Add($"table: {ConfigWriter.Quote(table)}");
        if (options.Along is { } along) more.Add($"along: {ConfigWriter.Quote(along)}");
        if (options.Weights != TextWeights.None) more.Add($"weights: {ConfigWords.Of(options.Weights)}");
        if (options.Of.Count > 0) more.Add($"of: [{string.Join(", ", options.Of.Select(ConfigWriter.Quote))}]");
        if (options.File is { } file) more.Add($"file: {ConfigWriter.Quote(file)}, keys: {ConfigWriter.Quote(options.Keys!)}");
        return more.Count > 0 ? $"{{kind: {kind}, {string.Join(", ", more)}}}" : kind;
    }

    private static void Section(StringBuilder text, string name, IEnumerable<(string Key, string Value, string Note)> entries)
    {
        var lines = entries.Select(entry => ($"{ConfigWriter.Quote(entry.Key)}: {entry.Value}", entry.Note)).ToArray();
        int width = Math.Min(60, lines.Max(line => line.Item1.Length));
        text.Append('\n').Append(name).Append(":\n");
        foreach (var (line, note) in lines) text.Append("  ").Append(line.PadRight(width)).Append("  # ").Append(Comment(note)).Append('\n');
    }

    internal static string Comment(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text) line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        return line.ToString();
    }

    internal static string Paths(IReadOnlyList<string> files, string folder)
    {
        var paths = files.Select(file => ConfigWriter.Quote(Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(file)).Replace('\\', '/'))).ToArray();
        return paths.Length == 1 ? paths[0] : $"[{string.Join(", ", paths)}]";
    }

    // train.csv says nothing: the folder's name says more
    internal static string Name(FileParts parts, string folder)
    {
        var stem = FileParts.Stem(parts.Train[0]);
        bool says = ColumnWords.Of(stem).Any(word => word is not ("train" or "training" or "data" or "dataset" or "test" or "sample" or "input" or "all") && !word.All(char.IsAsciiDigit));
        var parent = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(parts.Train[0])));
        var name = says && !stem.AsSpan().ContainsAny('*', '?') ? stem : string.IsNullOrEmpty(parent) ? Path.GetFileName(Path.GetFullPath(folder)) : parent;
        // it becomes a folder's name
        name = string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ' ' ? c : '-')).Trim();
        return name is "" or "." or ".." ? "model" : name;
    }
}
