namespace Sundry.Data;

/// <summary>
/// Streams the rows of one or several files: CSV, TSV or JSON Lines, plain or gzipped. A file after the first may order its columns differently;
/// rows follow the first file's <see cref="Header"/>. Not for use by several threads at once.
/// </summary>
public sealed class TableReader : IDisposable
{
    private readonly List<SourceFiles.Source> _sources;
    private readonly ReadOptions _options;
    private readonly string[] _files;
    private readonly string[] _header;
    private readonly long _totalBytes;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private RecordReader _reader;
    private int[]? _places;
    private int _source;
    private long _doneBytes;

    private TableReader(List<SourceFiles.Source> sources, ReadOptions options)
    {
        _sources = sources;
        _options = options;
        _files = new string[sources.Count];
        for (int i = 0; i < _files.Length; i++)
        {
            _files[i] = sources[i].Name;
            _totalBytes += new FileInfo(sources[i].Path).Length;
        }

        _reader = OpenFile(sources[0]);
        _header = _reader.Header;
        _starts = new int[_header.Length];
        _lengths = new int[_header.Length];
    }

    /// <summary>The columns' names, in order.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>The files, globs resolved, in reading order.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Rows read so far, refused ones among them.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows that could not be read and were skipped.</summary>
    public RefusedRows Refused { get; } = new();

    /// <summary>The share of the files' bytes that has been read, 0..1.</summary>
    public double Progress => _totalBytes == 0 ? 1 : Math.Min(1, (_doneBytes + (_source < _sources.Count ? _reader.FilePosition : 0)) / (double)_totalBytes);

    /// <summary>The row that the last <see cref="Read"/> found.</summary>
    public RawRow Current => _places is null
        ? new RawRow(_reader.Bytes, _reader.Starts, _reader.Lengths, _reader.Name, _reader.Line)
        : new RawRow(_reader.Bytes, _starts, _lengths, _reader.Name, _reader.Line);

    /// <summary>Which of <see cref="Files"/> the current row is from.</summary>
    internal int FileIndex => _source;

    /// <summary>Opens the files and reads the first one's header.</summary>
    /// <param name="paths">Paths or globs (<c>*</c>, <c>?</c> and <c>**</c>), in reading order.</param>
    /// <param name="options">How they are written, and what becomes of rows that cannot be read.</param>
    /// <exception cref="InputException">A file is missing, empty, a folder, not text, or has no usable header.</exception>
    public static TableReader Open(IReadOnlyList<string> paths, ReadOptions? options = null)
    {
        options ??= ReadOptions.Default;
        var sources = SourceFiles.Resolve(paths, options.BaseDirectory);
        if (sources.Count == 0) throw new InputException("no file is named; give a path or a glob");
        return new TableReader(sources, options);
    }

    /// <summary>Moves to the next row; false after the last one.</summary>
    /// <exception cref="InputException">The row or the file cannot be read, or no file holds a row.</exception>
    public bool Read()
    {
        while (_source < _sources.Count)
        {
            switch (_reader.Next())
            {
                case RecordReader.Found.Row:
                    RowsRead++;
                    if (_places is not null) Reorder();
                    return true;
                case RecordReader.Found.BadRow:
                    RowsRead++;
                    Refuse(_reader.Problem, _reader.ProblemColumn);
                    break;
                default:
                    NextFile();
                    break;
            }
        }

        if (RowsRead == 0 && !_options.MayBeEmpty) throw new InputException("there is a header and no row below it; give a file with rows", _files[0]);
        return false;
    }

    /// <summary>Ends the reading with what a caller found wrong with the current row, or counts it, as the options ask.</summary>
    /// <param name="problem">What is wrong, as one sentence.</param>
    public void Refuse(string problem) => Refuse(problem, null);

    /// <summary>As <see cref="Refuse(string)"/>, with the column to blame, counted from 1.</summary>
    internal void Refuse(string problem, int? column)
    {
        if (!_options.SkipBadRows) throw new InputException(problem, _reader.Name, _reader.Line, column);
        Refused.Add(new RefusedRow(_reader.Name, _reader.Line, column is null ? problem : $"column {column}: {problem}"));
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private void NextFile()
    {
        _doneBytes += _reader.FilePosition;
        if (++_source == _sources.Count) return;
        _reader.Dispose();
        _reader = OpenFile(_sources[_source]);
        _places = Match(_reader.Header, _reader.Name);
    }

    // null where the columns stand as in the first file
    private int[]? Match(string[] header, string name)
    {
        if (header.AsSpan().SequenceEqual(_header)) return null;
        var places = new int[_header.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Array.IndexOf(header, _header[i]);
            if (places[i] >= 0) continue;
            // a key that no row of a JSON file has is missing in all of them
            if (_reader is JsonLinesReader) continue;
            throw new InputException($"the column '{_header[i]}' of {_files[0]} is missing here{NearestName.Ask(_header[i], header)}", name, 1);
        }

        return places;
    }

    private void Reorder()
    {
        for (int i = 0; i < _starts.Length; i++)
        {
            int place = _places![i];
            _starts[i] = place < 0 ? 0 : _reader.Starts[place];
            _lengths[i] = place < 0 ? 0 : _reader.Lengths[place];
        }
    }

    private RecordReader OpenFile(SourceFiles.Source source)
    {
        var text = new TextBuffer(source.Path, source.Name);
        try
        {
            if (text.FileLength == 0) throw new InputException("the file is empty; give one with a header and rows", source.Name);
            if (!text.More()) throw new InputException("the file holds no text; give one with a header and rows", source.Name);
            var format = _options.Format == TableFormat.Auto ? FormatOf(source.Name, text) : _options.Format;
            if (format == TableFormat.Jsonl) return new JsonLinesReader(text, source.Name, _options.Columns);
            byte delimiter = _options.Delimiter is { } given ? checked((byte)given)
                : format == TableFormat.Tsv ? (byte)'\t'
                : format == TableFormat.Csv && _options.Format == TableFormat.Csv ? (byte)','
                : DelimiterSniffer.Detect(text.Bytes.AsSpan(text.Start, text.Limit - text.Start));
            return new DelimitedReader(text, source.Name, delimiter, _options.Header, _options.Columns);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private static TableFormat FormatOf(string name, TextBuffer text)
    {
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        var extension = Path.GetExtension(name);
        if (extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tab", StringComparison.OrdinalIgnoreCase)) return TableFormat.Tsv;
        if (extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase) || extension.Equals(".ndjson", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".json", StringComparison.OrdinalIgnoreCase)) return TableFormat.Jsonl;
        if (extension.Equals(".csv", StringComparison.OrdinalIgnoreCase)) return TableFormat.Csv;
        var start = text.Bytes.AsSpan(text.Start, text.Limit - text.Start).TrimStart((byte)' ');
        return start.Length > 0 && start[0] == '{' ? TableFormat.Jsonl : TableFormat.Csv;
    }
}
