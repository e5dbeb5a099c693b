using System.IO.Compression;
using System.Text;

namespace Sundry.Data;

/// <summary>One import at work: finds and reads the source's files, writes the shop's, and counts both.</summary>
internal sealed class ImportJob(IDataImport import, ImportRequest request, string folder, IProgress<PrepareProgress>? progress, CancellationToken cancel)
{
    /// <summary>The events' file.</summary>
    public const string Events = "events.csv.gz";

    private const int ReportEvery = 8192;
    private static readonly DateTime s_madeTime = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly OrderedDictionary<string, long> _files = [];
    private readonly OrderedDictionary<string, long> _leftOut = [];
    private readonly List<string> _notes = [];
    private long _rows;
    private bool _madeTimes;

    public ImportRequest Request => request;

    /// <summary>The path of the first of these files that is there, gzipped or not; null where none is. A source that is a file is that file.</summary>
    public string? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (File.Exists(request.Source))
            {
                var file = Path.GetFileName(request.Source);
                if (names.Length > 0 && (file == name || file == name + ".gz")) return request.Source;
                continue;
            }

            foreach (var path in new[] { Path.Combine(request.Source, name), Path.Combine(request.Source, name + ".gz") })
                if (File.Exists(path)) return path;
        }

        return null;
    }

    /// <summary>As <see cref="Find"/>, where there is no import without the file.</summary>
    /// <exception cref="InputException">None is there.</exception>
    public string Require(params ReadOnlySpan<string> names) => Find(names)
        ?? throw new InputException($"there is no {string.Join(" or ", names.ToArray())} here, gzipped or not; '{import.Name}' takes {import.Files}", request.Source);

    /// <summary>The lines of a file that is no table in our sense, taken apart at a separator.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between two fields; quotes mean nothing.</param>
    /// <param name="fields">How many fields a line has.</param>
    /// <param name="header">Whether the first line names the columns, and is passed over.</param>
    /// <param name="latin">Whether the file is Latin-1.</param>
    /// <exception cref="InputException">A line has another number of fields, or the file cannot be read.</exception>
    public IEnumerable<string[]> Lines(string path, string separator, int fields, bool header = false, bool latin = false)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(text, latin ? Encoding.Latin1 : new UTF8Encoding(false, throwOnInvalidBytes: true));
        for (long line = 1; NextLine(reader, path, line) is { } read; line++)
        {
            if (line % ReportEvery == 0) Report(Path.GetFileName(path), line, (double)file.Position / file.Length);
            if ((header && line == 1) || read.Length == 0) continue;
            var parts = read.Split(separator);
            if (parts.Length != fields) throw new InputException($"the line has {parts.Length} fields and should have {fields}; is this the file of '{import.Name}'?", path, line);
            _rows++;
            yield return parts;
        }
    }

    /// <summary>Opens a table.</summary>
    public static TableReader Open(string path, params ReadOnlySpan<string> columns) =>
        TableReader.Open([path], ReadOptions.Default with { Header = columns.Length == 0, Columns = columns.ToArray() });

    /// <summary>Moves to a table's next row.</summary>
    public bool Next(TableReader table)
    {
        if (!table.Read()) return false;
        Read(Path.GetFileName(table.Files[0]), table.RowsRead, table.Progress);
        return true;
    }

    /// <summary>A row was read.</summary>
    public void Read(string file, long rows, double share)
    {
        _rows++;
        if (rows % ReportEvery == 0) Report(file, rows, share);
    }

    /// <summary>Begins a table.</summary>
    public ImportTable Create(string file, params ReadOnlySpan<string> columns) => new(Path.Combine(folder, file), columns, rows => _files[file] = rows);

    /// <summary>Counts a row that is left out.</summary>
    public void LeaveOut(string reason) => _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;

    /// <summary>Adds what one has to know of the result.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>Says that times were made up.</summary>
    public void NoteMadeTimes(string order)
    {
        _madeTimes = true;
        Note($"The files hold no times: {order}, one event a second from 2000-01-01 on. Only that order means anything; hours, days and gaps do not.");
    }

    /// <summary>The time that is made up for the event with this number.</summary>
    public static string MadeTime(long number) => s_madeTime.AddSeconds(number).ToString("yyyy-MM-ddTHH:mm:ssZ");

    /// <summary>A Unix time in seconds as text.</summary>
    public static string Time(string seconds, string file) => long.TryParse(seconds, out long time)
        ? DateTime.UnixEpoch.AddSeconds(time).ToString("yyyy-MM-ddTHH:mm:ssZ")
        : throw new InputException($"{FieldText.Quote(seconds)} is not a time in seconds since 1970; is this the file of the data set?", file);

    /// <summary>Writes the configuration of a table of rows.</summary>
    public void Configure(string yaml) => File.WriteAllText(Path.Combine(folder, "sundry.yaml"), $"# '{import.Name}', as sundry import wrote it\n{yaml}");

    /// <summary>Writes the configuration of a log: the tables that were written, what else is to be said of the log, and the rows and tasks that suggest themselves.</summary>
    /// <param name="tasks">The rows and tasks.</param>
    /// <param name="exclude">Columns that know too much.</param>
    /// <param name="settings">Further lines of <c>data.log</c>.</param>
    public void ConfigureLog(LogTasks tasks, IReadOnlyList<string>? exclude = null, params ReadOnlySpan<string> settings)
    {
        var text = new StringBuilder($"name: {import.Name}\ndata:\n  log:\n    events: {Events}\n");
        foreach (var table in new[] { "items", "users", "friends", "categories", "stock" })
            if (_files.ContainsKey(table + ".csv")) text.Append($"    {table}: {table}.csv\n");
        foreach (var setting in settings) text.Append($"    {setting}\n");
        text.Append($"  rows: {tasks.Rows}    # docs/samples.md has the other kinds\n  validation: 10%\n");
        text.Append(_madeTimes
            ? "  # The times are made up, one event a second in the order of the files: windows span the whole log, and rows are dealt at random, since none is newer than another.\n  split: {by: random, test: 15%}\n"
            : "  split: {by: time, test: 15%}    # the newest rows\n");
        string[] excluded = [.. _madeTimes ? ["time"] : Array.Empty<string>(), .. exclude ?? []];
        if (excluded.Length > 0) text.Append($"exclude: [{string.Join(", ", excluded)}]    # made up, or all but what is to be predicted\n");
        text.Append("tasks:\n");
        foreach (var task in tasks.Tasks) text.Append($"  {task}\n");
        Configure(text.ToString());
    }

    /// <summary>What was read and written.</summary>
    public ImportSummary Summary(string final, double seconds) => new(import.Name, final, _rows, _files, _leftOut, _notes, seconds);

    private void Report(string file, long rows, double share)
    {
        cancel.ThrowIfCancellationRequested();
        progress?.Report(new PrepareProgress(file, rows, share));
    }

    private static string? NextLine(StreamReader reader, string path, long line)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException("the bytes are not UTF-8; is this the data set's own file?", path, line, inner: e);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"the gzip data is damaged or cut short ({e.Message.TrimEnd('.')}); copy or download the file again", path, inner: e);
        }
    }
}
