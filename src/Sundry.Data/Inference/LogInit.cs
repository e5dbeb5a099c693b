using System.Text;

namespace Sundry.Data;

/// <summary>Recognises a shop's log among data files and writes a configuration with <c>data.log</c>: what <c>init</c> does where no labels are named.</summary>
public static class LogInit
{
    private const double KnownShare = 0.5;

    /// <summary>Writes the configuration; null where the files are no log: one has a column that says what happened, in words most of which mean a type of event, a time, and a user or visit.</summary>
    /// <exception cref="InputException">A file cannot be read, or nothing in the log can be predicted.</exception>
    public static InitResult? Write(InitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Labels.Count > 0 || request.Files.Count == 0) return null;
        TableSample sample;
        IReadOnlyList<string> header;
        using (var reader = TableReader.Open(request.Files, new ReadOptions { SkipBadRows = true }))
        {
            header = reader.Header;
            var known = LogWords.Columns(header);
            if (!known.ContainsKey("type") || !known.ContainsKey("time") || !(known.ContainsKey("user") || known.ContainsKey("session"))) return null;
            sample = TableSample.Read(reader, new MissingTexts(new DataOptions().Missing));
        }

        var columns = LogWords.Columns(header);
        var words = sample.Columns[header.ToList().IndexOf(columns["type"])];
        if (sample.Rows == 0 || words.Texts > EventTypes.Most) return null;
        var counts = words.Counts();
        long meant = Enumerable.Range(0, words.Texts).Where(text => LogWords.Type(words.Text(text)) is not null).Sum(text => (long)counts[text]);
        return meant >= KnownShare * sample.Rows ? Write(request, header, columns, words, counts, sample) : null;
    }

    private static InitResult Write(InitRequest request, IReadOnlyList<string> header, OrderedDictionary<string, string> columns, ColumnSample words, int[] counts, TableSample sample)
    {
        var (types, map) = (new OrderedDictionary<string, long>(StringComparer.Ordinal), new List<string>());
        for (int text = 0; text < words.Texts; text++)
        {
            var word = words.Text(text);
            if (word.Length == 0) continue;
            // a word of the shop's own is a type of its own
            var type = LogWords.Type(word) ?? word;
            types[type] = types.GetValueOrDefault(type) + counts[text];
            if (type != word || LogWords.Type(word) is null) map.Add($"{ConfigWriter.Quote(word)}: {ConfigWriter.Quote(type)}");
        }

        var tasks = LogTasks.Of(types);
        var context = header.Where(name => !columns.ContainsValue(name)).ToArray();
        var yaml = new StringBuilder();
        yaml.Append($"# Written by 'sundry init', which takes this for a shop's log: {InitWriter.Comment(string.Join(", ", types.Select(t => $"{t.Value:N0} {t.Key}")))} in {sample.Rows:N0} rows looked at.\n");
        yaml.Append("# Is it a table of examples instead? Then name what to predict: sundry init FILE --label COLUMN\n");
        yaml.Append($"name: {ConfigWriter.Quote(InitWriter.Name(new FileParts(request.Files, [], []), request.ConfigFolder))}\n\ndata:\n  log:\n");
        yaml.Append($"    events: {InitWriter.Paths(request.Files, request.ConfigFolder)}\n");
        var renamed = columns.Where(pair => pair.Key != pair.Value).Select(pair => $"{pair.Key}: {ConfigWriter.Quote(pair.Value)}").ToArray();
        if (renamed.Length > 0) yaml.Append($"    columns: {{{string.Join(", ", renamed)}}}    # our name: the file's\n");
        if (map.Count > 0) yaml.Append($"    types: {{{string.Join(", ", map)}}}    # the file's word: ours, or one of the shop's own\n");
        if (context.Length > 0) yaml.Append($"    # kept as context of each event: {InitWriter.Comment(string.Join(", ", context))}\n");
        if (!columns.ContainsKey("item")) yaml.Append("    # no column looks like that of items; if one is, name it: columns: {item: COLUMN}\n");
        yaml.Append("    # items: items.csv    # a catalogue with the column 'item' and any others, such as category, brand and price; likewise users, friends and categories (docs/log.md)\n");
        yaml.Append($"  rows: {tasks.Rows}    # docs/samples.md has the other kinds\n  validation: 10%\n  split: {{by: time, test: 15%}}    # the newest rows are held back, as in use\n\ntasks:\n");
        foreach (var task in tasks.Tasks) yaml.Append("  ").Append(task).Append('\n');
        if (request.ModelAndTraining.Length > 0) yaml.Append('\n').Append(request.ModelAndTraining.TrimEnd()).Append('\n');
        return new InitResult(yaml.ToString(), [.. tasks.Tasks.Select(task => task[..task.IndexOf(':', StringComparison.Ordinal)])], 0, [], sample.RowsRead, sample.Rows)
        {
            Log = string.Join(", ", types.OrderByDescending(t => t.Value).Select(t => t.Key)),
        };
    }
}
