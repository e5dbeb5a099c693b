namespace Sundry.Data;

/// <summary>Reads the rows of one table into the provisional file.</summary>
internal sealed class RowCollector
{
    private readonly ProvisionalFile _rows;
    private readonly TableReader _reader;
    private readonly RowSplit? _split;
    private readonly Part _part;
    private readonly FieldSource?[] _features;
    private readonly (BagColumn Column, BagColumn Lead)[] _along;
    private readonly int[] _labels;
    private readonly RowMask?[] _masks;
    private readonly RowMask? _where;
    private readonly int _weight = -1;
    private readonly int _time = -1;
    private readonly int _user = -1;
    private readonly GroupFile? _groupFile;
    private readonly GroupReader? _groups;

    /// <summary>Binds the columns to the table's.</summary>
    /// <param name="rows">Where rows go.</param>
    /// <param name="reader">The table.</param>
    /// <param name="part">The part of all its rows, where <paramref name="split"/> is null.</param>
    /// <param name="split">What assigns its rows to parts.</param>
    /// <param name="source">What the table is of: its features, tasks and further columns.</param>
    /// <param name="groups">Where the rows' groups go, or null.</param>
    /// <param name="missing">Texts of missing values.</param>
    /// <exception cref="InputException">The table lacks a column.</exception>
    public RowCollector(ProvisionalFile rows, TableReader reader, Part part, RowSplit? split, SourceTable source, GroupFile? groups, MissingTexts missing)
    {
        _rows = rows;
        _reader = reader;
        _part = part;
        _split = split;
        var file = reader.Files[0];
        _features = new FieldSource?[rows.Features.Length];
        for (int i = 0; i < _features.Length; i++)
            _features[i] = source.Features.Contains(rows.Features[i].Name) ? FieldSource.Bind(reader.Header, rows.Features[i].Columns, file, "named in 'features'", rows.Features[i].Joint, missing) : null;
        var bags = rows.Features.OfType<BagColumn>().ToList();
        _along = [.. bags.Where(bag => bag.Options.Along is not null).Select(bag => (bag, bags.First(lead => lead.Name == bag.Options.Along)))];
        _labels = new int[rows.Labels.Length];
        _masks = new RowMask?[rows.Labels.Length];
        for (int i = 0; i < _labels.Length; i++)
        {
            var label = rows.Labels[i];
            _labels[i] = -1;
            if (!source.Tasks.Contains(label.Name)) continue;
            _labels[i] = reader.Header.Require(label.Label, file, $"the label of the task '{label.Name}'");
            if (label.Options.Where is not { } where) continue;
            _masks[i] = RowMask.Bind(where, reader.Header, out var absent);
            if (absent is not null) reader.Header.Require(absent, file, $"named in tasks.{label.Name}.where");
        }

        if (source.Own?.Where is { } which)
        {
            _where = RowMask.Bind(which, reader.Header, out var absent);
            if (absent is not null) reader.Header.Require(absent, file, $"named in data.sources.{source.Name}.where");
        }

        var data = source.Data;
        if (data.Weight is { } weight) _weight = reader.Header.Require(weight, file, "named as data.weight");
        if (split?.ByTime == true) _time = reader.Header.Require(data.Split.Column!, file, "named as data.split.column");
        if (split?.ByUser == true) _user = reader.Header.Require(data.Split.Column!, file, "named as data.split.column");
        if (groups is null) return;
        _groupFile = groups;
        _groups = new GroupReader(groups.Columns, missing, reader.Header, file);
    }

    /// <summary>Reads all rows.</summary>
    public void Run(IProgress<PrepareProgress>? progress, CancellationToken cancel)
    {
        while (_reader.Read())
        {
            var row = _reader.Current;
            if (_where?.Matches(row) == false) continue;
            if ((Collect(row, out int column, out float weight, out long time) ?? _groups?.Read(row, out column)) is { } problem)
            {
                _reader.Refuse(problem, column + 1);
                continue;
            }

            var part = _split is null ? _part : _split.Of(_reader.RowsRead - 1, _user < 0 ? default : row[_user]);
            if (part == Part.ByTime) _split!.See(time);
            _rows.EndRow(part, weight, time);
            if (_groups is not null) _groupFile!.Append(_groups);
            if (_rows.Count != 0) continue;
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new PrepareProgress("reading", _rows.Rows, _reader.Progress));
        }
    }

    private string? Collect(RawRow row, out int column, out float weight, out long time)
    {
        weight = 1;
        time = 0;
        column = 0;
        int index = _rows.Count;
        var features = _rows.Features;
        for (int i = 0; i < features.Length; i++)
        {
            if (_features[i] is not { } field)
            {
                features[i].TakeNone(index);
                continue;
            }

            column = field.Column;
            if (features[i].Collect(field.Read(row), index) is { } problem) return problem;
        }

        foreach (var (along, lead) in _along)
            if (along.Taken != lead.Taken) return BagEncoder.Uneven(along.Name, along.Taken, lead.Name, lead.Taken);

        var labels = _rows.Labels;
        for (int i = 0; i < labels.Length; i++)
        {
            column = _labels[i];
            if (column < 0)
            {
                labels[i].Leave(index);
                continue;
            }

            bool masked = _masks[i]?.Matches(row) == false;
            if (labels[i].Collect(row[column], masked, index, new RowPlace(row.File, row.Line, column + 1)) is { } problem) return problem;
        }

        if (_weight >= 0)
        {
            column = _weight;
            if (WeightText.Read(row[column], out weight) is { } problem) return problem;
        }

        if (_time >= 0)
        {
            column = _time;
            // a number orders rows as well as a date does
            if (TimeText.TryParse(row[column], out time)) return null;
            if (!NumberText.TryParseDouble(row[column], out double number)) return $"{FieldText.Quote(row[column])} is no time to split by; write {TimeText.Forms}";
            time = (long)Math.Clamp(number * 1000, -1e18, 1e18);
        }

        return null;
    }
}
