using System.Runtime.InteropServices;
using System.Text;

namespace Sundry.Data;

/// <summary>The labels of a binary or a multiclass task: texts, judged when all have been seen, so that a message can name them.</summary>
internal sealed class ClassColumn(string name, TaskOptions options, MissingTexts missing) : LabelColumn(name, options, missing)
{
    private const int MostTexts = 100_000;

    private readonly ByteDictionary _texts = new();
    private readonly List<RowPlace> _places = [];
    private readonly int[] _codes = new int[ProvisionalFile.BlockRows];
    // the codes of the labels 0 and 1 that are told as numbers, once they are known
    private readonly int[] _binary = new int[2];
    // by code, which is a text's number + 1; code 0 is no label
    private readonly List<bool> _inTraining = [false];
    private readonly long[][] _counts = [[], [], []];
    private float[] _labels = [];
    private string?[] _problems = [];
    private long[] _refused = [];

    public override bool NeedsClasses => Options.Type == TaskType.Multiclass && Options.Classes.Count == 0;

    public override float this[int row] => _labels[_codes[row]];

    public override string? Take(int row, float label)
    {
        if (float.IsNaN(label))
        {
            TakeNone(row);
            return null;
        }

        ref int code = ref _binary[label == 0 ? 0 : 1];
        if (code == 0)
        {
            Take(label == 0 ? "0"u8 : "1"u8, row, default);
            code = _codes[row];
        }

        _codes[row] = code;
        return null;
    }

    public override void Write(Stream stream, int rows) => stream.Write(MemoryMarshal.AsBytes(_codes.AsSpan(0, rows)));

    public override void Read(Stream stream, int rows) => stream.ReadExactly(MemoryMarshal.AsBytes(_codes.AsSpan(0, rows)));

    public override void SeeClasses(ReadOnlySpan<Part> parts)
    {
        while (_inTraining.Count <= _texts.Count) _inTraining.Add(false);
        for (int i = 0; i < parts.Length; i++)
            if (parts[i] == Part.Train) _inTraining[_codes[i]] = true;
    }

    public override void Judge(bool skip)
    {
        if (_texts.Count == 0) throw new InputException($"the task '{Name}' has no row with a label in the column '{Label}'; check tasks.{Name}.label and its 'where'");
        var classes = Options.Type == TaskType.Binary ? ["0", "1"] : Options.Classes.Count > 0 ? Options.Classes : TrainingClasses();
        var judge = new TaskEncoder(Schema(classes, null, 1), Label, Options.Positive, null);
        _labels = new float[_texts.Count + 1];
        _labels[0] = float.NaN;
        _problems = new string?[_labels.Length];
        _refused = new long[_labels.Length];
        for (int code = 1; code < _labels.Length; code++)
        {
            _problems[code] = judge.Encode(_texts[code - 1], missing: false, out _labels[code]);
            if (_problems[code] is not { } problem) continue;
            var place = _places[code - 1];
            if (NeedsClasses) problem = _problems[code] = $"{FieldText.Quote(_texts[code - 1])} is a class of the task '{Name}' that no training row has; list all in tasks.{Name}.classes";
            else if (Options.Type == TaskType.Binary) problem = _problems[code] = $"{problem} (the column holds {Seen()})";
            if (!skip) throw new InputException(problem, place.File, place.Line, place.Column);
        }

        for (int part = 0; part < _counts.Length; part++) _counts[part] = new long[_labels.Length];
    }

    public override bool IsRefused(int row)
    {
        if (_problems[_codes[row]] is null) return false;
        _refused[_codes[row]]++;
        return true;
    }

    public override bool IsNegative(int row) => _labels[_codes[row]] == 0;

    public override void Count(ReadOnlySpan<Part> parts)
    {
        for (int i = 0; i < parts.Length; i++)
            if (parts[i] <= Part.Test) _counts[(int)parts[i]][_codes[i]]++;
    }

    public override void Fit(double keepRate)
    {
        var classes = Options.Type == TaskType.Binary ? BinaryClasses() : Options.Classes.Count > 0 ? Options.Classes : TrainingClasses();
        var rows = ByClass(Part.Train, classes.Count);
        long labelled = 0;
        foreach (long count in rows) labelled += count;
        if (labelled == 0) throw new InputException($"the task '{Name}' has no training row with a label in the column '{Label}'; check tasks.{Name}.label and its 'where'");
        if (Options.Type == TaskType.Binary && rows[1] == 0)
        {
            var near = Options.Positive.Count > 0 ? NearestName.Of(Options.Positive[0], AllTexts()) : null;
            var hint = near is not null ? $"; did you mean '{near}'?" : $"; the column holds {Seen()}";
            throw new InputException($"the task '{Name}' has no training row with the positive label {(Options.Positive.Count > 0 ? $"'{string.Join("' or '", Options.Positive)}'" : "1")} in the column '{Label}'{hint}");
        }

        var schema = Schema(classes, Repeated(Weights(classes, rows, labelled)), keepRate * Options.Sampling.KeepRate);
        if (Options.Type == TaskType.Binary)
        {
            double positives = rows[1] * Options.Sampling.Positives;
            double mean = positives / (labelled - rows[1] + positives);
            schema = schema with { LabelMean = mean, LabelDeviation = mean < 1 ? Math.Sqrt(mean * (1 - mean)) : 1 };
        }

        Encoder = new TaskEncoder(schema, Label, Options.Positive, Options.Where);
    }

    public override TaskSplitSummary Summarise(Part part)
    {
        var classes = Encoder!.Schema.Classes;
        var rows = ByClass(part, classes.Count);
        var counts = new ValueCount[classes.Count];
        long labelled = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = new ValueCount(classes[i], rows[i]);
            labelled += rows[i];
        }

        bool binary = Options.Type == TaskType.Binary;
        return new TaskSplitSummary(part.ToString().ToLowerInvariant(), labelled, _counts[(int)part][0], binary ? rows[1] : 0, binary && labelled > 0 ? rows[1] / (double)labelled : null, counts);
    }

    public override void ListRefused(RefusedRows refused)
    {
        for (int code = 1; code < _problems.Length; code++)
            if (_refused[code] > 0) refused.Add(new RefusedRow(_places[code - 1].File, _places[code - 1].Line, $"column {_places[code - 1].Column}: {_problems[code]}"), _refused[code]);
    }

    protected override string? Take(ReadOnlySpan<byte> field, int row, RowPlace place)
    {
        int before = _texts.Count;
        int id = _texts.FindOrAdd(field);
        if (id == before)
        {
            _places.Add(place);
            if (before == MostTexts) return $"the label column of the task '{Name}' holds more than {MostTexts} different texts; is it a number? then set tasks.{Name}.type to regression";
        }

        _codes[row] = id + 1;
        return null;
    }

    protected override void TakeNone(int row) => _codes[row] = 0;

    private long[] ByClass(Part part, int classes)
    {
        var rows = new long[classes];
        for (int code = 1; code < _labels.Length; code++)
            if (_problems[code] is null) rows[(int)_labels[code]] += _counts[(int)part][code];
        return rows;
    }

    private double[]? Weights(IReadOnlyList<string> classes, long[] rows, long labelled)
    {
        var options = Options.ClassWeights;
        if (options.ByClass.Count == 0 && options.Rule == ClassWeightRule.None) return null;
        var weights = new double[classes.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            // a class without a row weighs nothing that could be measured
            if (options.ByClass.Count == 0) weights[i] = rows[i] == 0 ? 1 : labelled / (double)(classes.Count * rows[i]);
            else weights[i] = options.ByClass.TryGetValue(classes[i], out double given) ? given : 1;
        }

        foreach (var name in options.ByClass.Keys)
            if (!classes.Contains(name)) throw new InputException($"tasks.{Name}.class_weights names the class '{name}', which is none{NearestName.Ask(name, classes)}; the classes are {string.Join(", ", classes.Select(FieldText.Quote))}");
        return weights;
    }

    // a positive that counts several times is one that weighs as much
    private double[]? Repeated(double[]? weights)
    {
        if (Options.Sampling.Positives == 1) return weights;
        weights ??= [1, 1];
        weights[1] *= Options.Sampling.Positives;
        return weights;
    }

    // as the file writes them, the most frequent where several texts mean the same
    private string[] BinaryClasses()
    {
        var names = new string?[2];
        var most = new long[2];
        var different = new int[2];
        for (int code = 1; code < _labels.Length; code++)
        {
            if (_problems[code] is not null) continue;
            int label = (int)_labels[code];
            long count = _counts[0][code] + _counts[1][code] + _counts[2][code];
            different[label]++;
            if (names[label] is not null && count <= most[label]) continue;
            names[label] = Encoding.UTF8.GetString(_texts[code - 1]);
            most[label] = count;
        }

        var positive = Options.Positive.Count == 1 ? Options.Positive[0] : names[1] ?? (Options.Positive.Count > 0 ? Options.Positive[0] : "1");
        var negative = names[0] is null ? Options.Positive.Count > 0 ? $"not {positive}" : "0" : Options.Positive.Count > 0 && different[0] > 1 ? $"not {positive}" : names[0]!;
        return [negative, positive];
    }

    private string[] TrainingClasses()
    {
        var classes = new List<string>();
        bool numbers = true;
        for (int code = 1; code < _inTraining.Count; code++)
        {
            if (!_inTraining[code]) continue;
            numbers &= NumberText.TryParseDouble(_texts[code - 1], out _);
            classes.Add(Encoding.UTF8.GetString(_texts[code - 1]));
        }

        // 10 comes after 9 where all are numbers
        classes.Sort(numbers ? static (a, b) => double.Parse(a).CompareTo(double.Parse(b)) is var order and not 0 ? order : string.CompareOrdinal(a, b) : string.CompareOrdinal);
        return [.. classes];
    }

    private IEnumerable<string> AllTexts()
    {
        for (int i = 0; i < Math.Min(_texts.Count, 1000); i++) yield return Encoding.UTF8.GetString(_texts[i]);
    }

    private string Seen()
    {
        var shown = AllTexts().Take(5).Select(FieldText.Quote);
        return string.Join(", ", shown) + (_texts.Count > 5 ? $" and {_texts.Count - 5} more" : "");
    }
}
